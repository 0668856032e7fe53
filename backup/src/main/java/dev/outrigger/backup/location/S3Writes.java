package dev.outrigger.backup.location;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * The last step of a write, of which the reply may be lost, or come from a second attempt that the first one is in the way of. Each write
 * puts a token of its own beside the object, by which it knows its own again: equal content may be somebody else's.
 */
final class S3Writes {

    /** Stands in the metadata of each object, and means nothing later. */
    static final String TOKEN = "outrigger-write";

    private static final String ANYTHING = "*";
    private static final int MAX_CONFLICTS = 6;

    private final S3Place place;

    S3Writes(S3Place place) {
        this.place = place;
    }

    /**
     * A write that is to take effect.
     *
     * @param name of the object
     * @param token that stands beside it
     * @param bytes of the object
     */
    record Write(ObjectName name, String token, long bytes) {

        static Write of(ObjectName name, long bytes) {
            return new Write(name, newToken(), bytes);
        }

        private boolean isThis(HeadObjectResponse object) {
            return token.equals(object.metadata().get(TOKEN)) && object.contentLength() == bytes;
        }
    }

    /** The request that makes it take effect. */
    @FunctionalInterface
    interface Request {

        /**
         * Returns the tag that the object was given.
         *
         * @param condition what {@code If-None-Match} is to say, if anything
         */
        String send(Optional<String> condition);
    }

    static String newToken() {
        return UUID.randomUUID().toString();
    }

    /** Writes one object in place of what is there. */
    StoredObject replace(ObjectName name, PartBuffer content) throws IOException {
        Write write = Write.of(name, content.length());
        try {
            return place.stored(name, write.bytes(), put(write, content, Optional.empty()));
        } catch (SdkException e) {
            return settled(write, e, false);
        }
    }

    /**
     * Writes one object if its name is free.
     *
     * @throws UnconditionalStoreException if the store cannot do that
     */
    StoredObject putIfAbsent(ObjectName name, PartBuffer content) throws IOException {
        Write write = Write.of(name, content.length());
        return commit(write, condition -> put(write, content, condition));
    }

    private String put(Write write, PartBuffer content, Optional<String> condition) {
        return place.client()
                .putObject(
                        put -> put.bucket(place.bucket())
                                .key(place.key(write.name()))
                                .metadata(Map.of(TOKEN, write.token()))
                                .contentMD5(content.md5())
                                .ifNoneMatch(condition.orElse(null))
                                .overrideConfiguration(override -> override.apiCallAttemptTimeout(
                                        place.connection().timeout(content.length()))),
                        content.body())
                .eTag();
    }

    /**
     * Lets a write take effect if its name is free.
     *
     * @throws ObjectExistsException if it is not
     * @throws UnconditionalStoreException if the store cannot do that
     */
    StoredObject commit(Write write, Request request) throws IOException {
        int conflicts = 0;
        while (true) {
            try {
                return place.stored(write.name(), write.bytes(), request.send(Optional.of(ANYTHING)));
            } catch (SdkException e) {
                if (S3Errors.isNotImplemented(e)) {
                    throw new UnconditionalStoreException(
                            "location: " + place.location() + " (expected: a store that honours If-None-Match)");
                }
                if (!S3Errors.isConflict(e) || conflicts == MAX_CONFLICTS) {
                    return settled(write, e, true);
                }
                S3Place.pause(conflicts);
                conflicts++;
            }
        }
    }

    /** Finds out what has come of a write whose reply does not tell. */
    private StoredObject settled(Write write, SdkException e, boolean onlyIfAbsent) throws IOException {
        IOException failure = S3Errors.translated(e, place.location());
        if (S3Errors.isRefused(e) || failure instanceof InterruptedIOException) {
            throw failure;
        }
        Optional<HeadObjectResponse> there = headAfter(failure, write.name());
        if (there.filter(write::isThis).isPresent()) {
            return place.stored(write.name(), write.bytes(), there.get().eTag());
        }
        if (onlyIfAbsent && (S3Errors.isTaken(e) || there.isPresent())) {
            throw new ObjectExistsException(write.name());
        }
        throw failure;
    }

    private Optional<HeadObjectResponse> headAfter(IOException failure, ObjectName name) throws IOException {
        try {
            return place.head(name);
        } catch (IOException unsettled) {
            failure.addSuppressed(unsettled);
            throw failure;
        }
    }
}
