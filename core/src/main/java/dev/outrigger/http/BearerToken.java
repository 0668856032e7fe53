package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * A token as it is kept: only its digest, so that no log, dump or {@code toString} can give it away.
 *
 * @param principal who shows it
 * @param digest of the token
 */
record BearerToken(Principal principal, byte[] digest) {

    /** The characters of a token in RFC 6750, section 2.1. */
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    static BearerToken of(String name, String token, Right right) {
        if (!ALLOWED.matcher(token).matches()) {
            throw new IllegalArgumentException(
                    "token '" + name + "': blank or malformed (expected: letters, digits and ._~+/- only)");
        }
        return new BearerToken(new Principal(name, right), digestOf(token));
    }

    static byte[] digestOf(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    /** Compares in a time that does not tell how much of the token fits. */
    boolean fits(byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }

    @Override
    public String toString() {
        return "BearerToken[" + principal + "]";
    }
}
