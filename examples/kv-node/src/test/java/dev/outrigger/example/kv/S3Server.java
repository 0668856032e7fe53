package dev.outrigger.example.kv;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server that keeps its objects in memory and checks signatures. It is on the class path of the tests' own process only, where
 * nothing is compiled against it, and so it is driven by reflection.
 */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "backups";

    private static final String PACKAGE = "org.gaul.s3proxy.";
    private static final String ACCESS_KEY = "outrigger";
    private static final String SECRET_KEY = "not-a-secret";

    private final Object server;

    private S3Server(Object server) {
        this.server = server;
    }

    static S3Server start() {
        try {
            return new S3Server(started());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object started() throws ReflectiveOperationException {
        Object builder = Class.forName(PACKAGE + "S3Proxy").getMethod("builder").invoke(null);
        Class<?> type = builder.getClass();
        Class<?> storage = Class.forName(PACKAGE + "blobstore.BlobStore");
        Class<?> authentication = Class.forName(PACKAGE + "auth.AuthenticationType");
        Object memory = Class.forName(PACKAGE + "BlobStores")
                .getMethod("create", String.class, Properties.class)
                .invoke(null, "transient", new Properties());
        storage.getMethod("createContainer", String.class).invoke(memory, BUCKET);
        type.getMethod("endpoint", URI.class).invoke(builder, URI.create("http://127.0.0.1:0"));
        type.getMethod("blobStore", storage).invoke(builder, memory);
        type.getMethod("jettyMaxThreads", int.class).invoke(builder, 48);
        type.getMethod("awsAuthentication", authentication, String.class, String.class)
                .invoke(builder, authentication.getField("AWS_V4").get(null), ACCESS_KEY, SECRET_KEY);
        Object server = type.getMethod("build").invoke(builder);
        server.getClass().getMethod("start").invoke(server);
        return server;
    }

    int port() {
        try {
            return (int) server.getClass().getMethod("getPort").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** What a node's virtual machine has to be told so that the AWS SDK finds the keys. */
    static List<String> machineOptions() {
        return List.of("-Daws.accessKeyId=" + ACCESS_KEY, "-Daws.secretAccessKey=" + SECRET_KEY);
    }

    /** What a node has to be told so that backups may go to the bucket. */
    List<String> nodeOptions() {
        return List.of("--s3-endpoint=" + endpoint(), "--backup-root=s3://" + BUCKET);
    }

    /** Opens a client that is not the one that is tested. */
    S3Client client() {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
                .build();
    }

    @Override
    public void close() {
        try {
            server.getClass().getMethod("stop").invoke(server);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
