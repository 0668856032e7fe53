package dev.outrigger.backup.location;

import java.util.Optional;

/**
 * What requests to an object store are signed with.
 *
 * @param accessKey says who signs; not secret
 * @param secretKey what is signed with
 * @param sessionToken goes with keys that are good for a while only
 */
public record S3Credentials(String accessKey, String secretKey, Optional<String> sessionToken) {

    /**
     * @throws IllegalArgumentException if a key is blank
     */
    public S3Credentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("credentials: blank (expected: an access key and a secret key)");
        }
    }

    /** Returns keys that are good until they are withdrawn. */
    public static S3Credentials of(String accessKey, String secretKey) {
        return new S3Credentials(accessKey, secretKey, Optional.empty());
    }

    /** Shows none of it. */
    @Override
    public String toString() {
        return "S3Credentials";
    }
}
