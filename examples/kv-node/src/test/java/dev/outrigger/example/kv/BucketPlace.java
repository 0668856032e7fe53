package dev.outrigger.example.kv;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.s3.S3Client;

/** Backups below a prefix of a bucket. */
final class BucketPlace implements BackupPlace {

    private final S3Server server;
    private final String prefix;
    private final S3Client client;

    BucketPlace(S3Server server, String prefix) {
        this.server = server;
        this.prefix = prefix;
        this.client = server.client();
    }

    @Override
    public String location() {
        return "s3://" + S3Server.BUCKET + "/" + prefix;
    }

    @Override
    public List<String> machineOptions() {
        return S3Server.machineOptions();
    }

    @Override
    public List<String> nodeOptions() {
        return server.nodeOptions();
    }

    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        client.listObjectsV2Paginator(list -> list.bucket(S3Server.BUCKET).prefix(prefix + "/"))
                .contents()
                .forEach(object -> names.add(object.key().substring(prefix.length() + 1)));
        return names;
    }

    @Override
    public byte[] read(String name) {
        return client.getObjectAsBytes(get -> get.bucket(S3Server.BUCKET).key(key(name)))
                .asByteArray();
    }

    private String key(String name) {
        return prefix + "/" + name;
    }

    @Override
    public int openUploads() {
        return client.listMultipartUploads(list -> list.bucket(S3Server.BUCKET).prefix(prefix + "/"))
                .uploads()
                .size();
    }

    @Override
    public void close() {
        client.close();
    }
}
