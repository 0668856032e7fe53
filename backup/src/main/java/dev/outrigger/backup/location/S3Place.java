package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * A location of an object store, and the client by which it is reached.
 *
 * @param connection shared with other locations
 * @param location bucket and prefix
 */
record S3Place(S3Connection connection, S3Location location) {

    S3Client client() {
        return connection.client();
    }

    String bucket() {
        return location.bucket();
    }

    /** Returns the key of what begins with a name, or is one. */
    String key(String name) {
        return location.keyPrefix() + name;
    }

    String key(ObjectName name) {
        return key(name.value());
    }

    /** Returns what stands in a key behind the prefix. */
    String name(String key) {
        return key.substring(location.keyPrefix().length());
    }

    /** Makes a request, and says for people what is wrong if it fails. */
    <T> T call(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (SdkException e) {
            throw S3Errors.translated(e, location);
        }
    }

    /** Asks for what is known of an object. */
    Optional<HeadObjectResponse> head(ObjectName name) throws IOException {
        try {
            return Optional.of(client().headObject(head -> head.bucket(bucket()).key(key(name))));
        } catch (SdkException e) {
            if (S3Errors.isNotFound(e)) {
                return Optional.empty();
            }
            throw S3Errors.translated(e, location);
        }
    }

    /**
     * Returns an object by the tag that a reply gave it, without the quotes that some put around it and some do not.
     *
     * @throws IOException if it gave none
     */
    StoredObject stored(ObjectName name, long bytes, @Nullable String eTag) throws IOException {
        if (eTag == null) {
            throw new IOException("location: " + location + ": a reply about " + name + " has no ETag (expected: one)");
        }
        return new StoredObject(name, bytes, eTag.replace("\"", ""));
    }

    /** Waits before another attempt, twice as long each time. */
    static void pause(int attempt) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(100L << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another attempt");
        }
    }
}
