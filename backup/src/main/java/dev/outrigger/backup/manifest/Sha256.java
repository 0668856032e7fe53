package dev.outrigger.backup.manifest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256.
 *
 * @param hex 64 digits, lower case
 */
public record Sha256(String hex) {

    private static final Pattern ALLOWED = Pattern.compile("[0-9a-f]{64}");

    /**
     * @throws IllegalArgumentException if it has any other form
     */
    public Sha256 {
        if (!ALLOWED.matcher(hex).matches()) {
            throw new IllegalArgumentException("sha256: '" + hex + "' (expected: 64 hexadecimal digits, lower case)");
        }
    }

    /** Returns that of some bytes. */
    public static Sha256 of(byte[] content) {
        try {
            return new Sha256(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
