package dev.outrigger.backup.location;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** One multipart upload, from its first part on. Used by one thread. */
final class S3Upload {

    private final S3Place place;
    private final ObjectName name;
    private final String id;
    private final boolean mayHaveTwin;
    private final List<CompletedPart> parts = new ArrayList<>();

    private S3Upload(S3Place place, ObjectName name, String id, boolean mayHaveTwin) {
        this.place = place;
        this.name = name;
        this.id = id;
        this.mayHaveTwin = mayHaveTwin;
    }

    /** Begins an upload of which the object will have a token beside it. */
    static S3Upload begin(S3Place place, ObjectName name, String token) throws IOException {
        AtomicInteger sent = new AtomicInteger();
        String id = place.call(() -> place.client()
                .createMultipartUpload(create -> create.bucket(place.bucket())
                        .key(place.key(name))
                        .metadata(Map.of(S3Writes.TOKEN, token))
                        .overrideConfiguration(override -> override.putExecutionAttribute(AttemptCount.SENT, sent)))
                .uploadId());
        return new S3Upload(place, name, id, sent.get() > 1);
    }

    /** Uploads the next part. */
    void add(PartBuffer content) throws IOException {
        int number = parts.size() + 1;
        if (number > PartSize.MAX_PARTS) {
            throw new IOException("object: " + name + " is too large (expected: <= " + PartSize.MAX_PARTS + " parts)");
        }
        UploadPartResponse response = place.call(() -> place.client()
                .uploadPart(
                        part -> part.bucket(place.bucket())
                                .key(place.key(name))
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(content.md5())
                                .overrideConfiguration(override -> override.apiCallAttemptTimeout(
                                        place.connection().timeout(content.length()))),
                        content.body()));
        parts.add(
                CompletedPart.builder().partNumber(number).eTag(response.eTag()).build());
    }

    /** Returns the number of the part that comes next. */
    int nextPart() {
        return Math.min(parts.size() + 1, PartSize.MAX_PARTS);
    }

    /** Makes the parts an object, and returns its tag. Some stores know no condition here; then the caller has looked before. */
    String complete(Optional<String> condition) {
        try {
            return sendComplete(condition);
        } catch (SdkException e) {
            if (condition.isPresent() && S3Errors.isNotImplemented(e)) {
                return sendComplete(Optional.empty());
            }
            throw e;
        }
    }

    private String sendComplete(Optional<String> condition) {
        return place.client()
                .completeMultipartUpload(complete -> complete.bucket(place.bucket())
                        .key(place.key(name))
                        .uploadId(id)
                        .ifNoneMatch(condition.orElse(null))
                        .multipartUpload(upload -> upload.parts(parts)))
                .eTag();
    }

    /**
     * Removes what a first attempt at beginning may have begun, whose reply was lost. To be called once the object is there: nothing
     * else of that name can be completed any more.
     */
    void removeTwin() throws IOException {
        if (mayHaveTwin) {
            S3OpenUploads uploads = new S3OpenUploads(place);
            for (S3OpenUploads.Open open : uploads.list(name.value())) {
                if (open.name().equals(name)) {
                    uploads.abort(open);
                }
            }
        }
    }

    void abort() throws IOException {
        new S3OpenUploads(place).abort(new S3OpenUploads.Open(name, id));
    }
}
