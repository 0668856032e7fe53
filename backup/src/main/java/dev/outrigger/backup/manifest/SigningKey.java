package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The host's key by which it knows its own backups: HMAC-SHA256. Immutable; never shown. */
public final class SigningKey {

    private static final int MIN_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private SigningKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * Makes a key.
     *
     * @param secret at least 16 bytes; copied
     * @throws IllegalArgumentException if it is shorter
     */
    public static SigningKey of(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "signing key: " + secret.length + " bytes (expected: >= " + MIN_BYTES + ")");
        }
        return new SigningKey(new SecretKeySpec(secret, ALGORITHM));
    }

    /** Signs the first bytes of a document; returns 64 hexadecimal digits. */
    String sign(byte[] document, int length) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(document, 0, length);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Tells whether a signature is that of the first bytes of a document, in a time that does not depend on how it differs. */
    boolean signed(byte[] document, int length, byte[] signature) {
        byte[] expected = sign(document, length).getBytes(US_ASCII);
        return MessageDigest.isEqual(expected, signature);
    }

    @Override
    public String toString() {
        return "SigningKey[hidden]";
    }
}
