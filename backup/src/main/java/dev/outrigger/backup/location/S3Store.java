package dev.outrigger.backup.location;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects as those of a bucket whose keys are a prefix, a slash and a name. Every write has its MD5 with it, and is conditional where it must
 * not replace anything; a reply that is lost is settled by asking for the object.
 */
final class S3Store implements ObjectStore {

    private final S3Place place;
    private final S3Writes writes;

    S3Store(S3Connection connection, S3Location location) {
        this.place = new S3Place(connection, location);
        this.writes = new S3Writes(place);
    }

    /** Asks for nothing: the name is held against what is there when the object is committed. */
    @Override
    public ObjectSink create(ObjectName name) {
        return new S3Sink(this, place, name);
    }

    @Override
    public StoredObject putIfAbsent(ObjectName name, byte[] content) throws IOException {
        SmallContent.check(name, content);
        return putIfAbsent(name, PartBuffer.of(content));
    }

    /** Falls back on looking first where the store can do no better and the host has said that this will do. */
    StoredObject putIfAbsent(ObjectName name, PartBuffer content) throws IOException {
        if (!place.connection().unconditionalAllowed()) {
            return writes.putIfAbsent(name, content);
        }
        if (stat(name).isPresent()) {
            throw new ObjectExistsException(name);
        }
        try {
            return writes.putIfAbsent(name, content);
        } catch (UnconditionalStoreException e) {
            return writes.replace(name, content);
        }
    }

    @Override
    public StoredObject replace(ObjectName name, byte[] content) throws IOException {
        SmallContent.check(name, content);
        return writes.replace(name, PartBuffer.of(content));
    }

    @Override
    public Optional<StoredObject> stat(ObjectName name) throws IOException {
        Optional<HeadObjectResponse> head = place.head(name);
        return head.isEmpty()
                ? Optional.empty()
                : Optional.of(place.stored(
                        name, head.get().contentLength(), head.get().eTag()));
    }

    @Override
    public Optional<InputStream> read(ObjectName name) throws IOException {
        Optional<StoredObject> known = stat(name);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(contentOf(known.get()));
        } catch (SdkException e) {
            if (S3Errors.isNotFound(e)) {
                return Optional.empty();
            }
            throw S3Errors.translated(e, place.location());
        }
    }

    /** Holds a reply against what was known before. The object may have been replaced in between, but is not longer or shorter by itself. */
    private InputStream contentOf(StoredObject known) throws IOException {
        ResponseInputStream<GetObjectResponse> content =
                place.client().getObject(get -> get.bucket(place.bucket()).key(place.key(known.name())));
        try {
            Long length = content.response().contentLength();
            StoredObject said = place.stored(
                    known.name(),
                    length == null ? known.bytes() : length,
                    content.response().eTag());
            if (said.version().equals(known.version()) && said.bytes() != known.bytes()) {
                throw new EOFException("object: " + known.name() + " has " + said.bytes()
                        + " bytes by one reply (expected: " + known.bytes() + ", by another)");
            }
            return new ExactInputStream(content, said, content::abort);
        } catch (IOException e) {
            content.abort();
            throw e;
        }
    }

    @Override
    public List<StoredObject> list(String prefix, String after, int limit) throws IOException {
        ListRequest request = new ListRequest(prefix, after, limit);
        List<StoredObject> found = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            ListObjectsV2Response page = page(request, next);
            for (S3Object object : page.contents()) {
                Optional<ObjectName> name = request.match(place.name(object.key()));
                if (name.isPresent()) {
                    found.add(place.stored(name.get(), object.size(), object.eTag()));
                }
                if (found.size() == limit) {
                    return found;
                }
            }
            next = Boolean.TRUE.equals(page.isTruncated())
                    ? Optional.ofNullable(page.nextContinuationToken())
                    : Optional.empty();
        } while (next.isPresent());
        return found;
    }

    /** Asks for a page of what is not deeper than the location itself. */
    private ListObjectsV2Response page(ListRequest request, Optional<String> next) throws IOException {
        Optional<String> after = Optional.of(request.after()).filter(name -> !name.isEmpty());
        return place.call(() -> place.client()
                .listObjectsV2(list -> list.bucket(place.bucket())
                        .prefix(place.key(request.prefix()))
                        .delimiter("/")
                        .startAfter(after.map(place::key).orElse(null))
                        .continuationToken(next.orElse(null))
                        .maxKeys(request.limit())));
    }

    @Override
    public void delete(ObjectName name) throws IOException {
        place.call(() -> place.client()
                .deleteObject(delete -> delete.bucket(place.bucket()).key(place.key(name))));
    }

    @Override
    public int removeUnfinished(String prefix, boolean dryRun) throws IOException {
        S3OpenUploads uploads = new S3OpenUploads(place);
        List<S3OpenUploads.Open> open = uploads.list(prefix);
        if (!dryRun) {
            for (S3OpenUploads.Open upload : open) {
                uploads.abort(upload);
            }
        }
        return open.size();
    }

    @Override
    public StoreTraits probe(String owner) throws IOException {
        StoreProbe probe = new StoreProbe(this, owner);
        probe.removeLeft();
        boolean conditional = probe.isConditional((name, content) -> writes.putIfAbsent(name, PartBuffer.of(content)));
        return new StoreTraits(conditional, verifiesMd5(probe.newName()));
    }

    private boolean verifiesMd5(ObjectName name) throws IOException {
        PartBuffer sent = PartBuffer.of(new byte[] {1});
        String wrong = PartBuffer.of(new byte[] {2}).md5();
        try {
            place.client()
                    .putObject(
                            put -> put.bucket(place.bucket())
                                    .key(place.key(name))
                                    .contentMD5(wrong),
                            sent.body());
            return false;
        } catch (SdkException e) {
            if (S3Errors.isClientError(e)) {
                return true;
            }
            throw S3Errors.translated(e, place.location());
        } finally {
            delete(name);
        }
    }

    /** Holds nothing of its own: the connection is that of all locations. */
    @Override
    public void close() {}
}
