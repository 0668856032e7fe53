package dev.outrigger.backup.location;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** Multipart uploads that are neither completed nor aborted. Their parts are paid for, and shown by no listing of objects. */
final class S3OpenUploads {

    private static final int ATTEMPTS = 2;

    private final S3Place place;

    S3OpenUploads(S3Place place) {
        this.place = place;
    }

    /**
     * An upload.
     *
     * @param name of the object that it is to become
     * @param id by which the store knows it
     */
    record Open(ObjectName name, String id) {}

    /** Lists the uploads for names that begin with a text. */
    List<Open> list(String prefix) throws IOException {
        List<Open> found = new ArrayList<>();
        Consumer<ListMultipartUploadsRequest.Builder> from = first -> {};
        while (true) {
            ListMultipartUploadsResponse page = page(prefix, from);
            page.uploads().forEach(upload -> add(upload, prefix, found));
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return found;
            }
            from = next -> next.keyMarker(page.nextKeyMarker()).uploadIdMarker(page.nextUploadIdMarker());
        }
    }

    private ListMultipartUploadsResponse page(String prefix, Consumer<ListMultipartUploadsRequest.Builder> from)
            throws IOException {
        return place.call(() -> place.client()
                .listMultipartUploads(list ->
                        list.bucket(place.bucket()).prefix(place.key(prefix)).applyMutation(from)));
    }

    private void add(MultipartUpload upload, String prefix, List<Open> found) {
        // Not every store keeps to the prefix that it was asked for.
        if (upload.key().startsWith(place.key(prefix))) {
            String name = place.name(upload.key());
            if (ObjectName.isName(name)) {
                found.add(new Open(new ObjectName(name), upload.uploadId()));
            }
        }
    }

    /**
     * Aborts an upload, and looks whether it is gone: a part that was on its way may have arrived after the first attempt.
     *
     * @throws IOException if it is still there
     */
    void abort(Open upload) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (isAborted(upload) && isGone(upload)) {
                return;
            }
        }
        throw new IOException("location: " + place.location() + ": the upload of " + upload.name()
                + " is still there after it was aborted (expected: to be gone)");
    }

    private boolean isAborted(Open upload) throws IOException {
        try {
            place.client()
                    .abortMultipartUpload(abort -> abort.bucket(place.bucket())
                            .key(place.key(upload.name()))
                            .uploadId(upload.id()));
            return true;
        } catch (SdkException e) {
            if (S3Errors.isNotFound(e)) {
                return true;
            }
            throw S3Errors.translated(e, place.location());
        }
    }

    private boolean isGone(Open upload) throws IOException {
        try {
            return place.client()
                    .listParts(list -> list.bucket(place.bucket())
                            .key(place.key(upload.name()))
                            .uploadId(upload.id()))
                    .parts()
                    .isEmpty();
        } catch (SdkException e) {
            if (S3Errors.isClientError(e) || S3Errors.isNotImplemented(e)) {
                return true; // Gone, or not for us to see: then the reply to the abort has to do.
            }
            throw S3Errors.translated(e, place.location());
        }
    }
}
