package dev.outrigger.secrets;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.KeySpec;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with AES-256-GCM under a key that PBKDF2-HMAC-SHA256 makes of a password. What is sealed is bound to a
 * context: it opens under the same one only.
 *
 * <p>Each sealing takes a fresh random nonce of 96 bits, which is safe for 2^32 of them under one key (NIST SP 800-38D).
 * Safe for use by any thread.
 */
final class SealingKey {

    static final int SALT_BYTES = 16;

    private static final int KEY_BITS = 256;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** How much longer than its content something sealed is. */
    static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BITS / Byte.SIZE;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final int iterations;
    private final SecureRandom random = new SecureRandom();

    private SealingKey(SecretKeySpec key, byte[] salt, int iterations) {
        this.key = key;
        this.salt = salt;
        this.iterations = iterations;
    }

    /** Makes the key of a password, which takes as long as the iterations do: some tenths of a second. */
    static SealingKey derive(char[] password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, iterations, KEY_BITS);
        try {
            byte[] bytes = bytes(spec);
            SecretKeySpec key = new SecretKeySpec(bytes, "AES");
            Arrays.fill(bytes, (byte) 0);
            return new SealingKey(key, salt.clone(), iterations);
        } catch (GeneralSecurityException e) {
            throw missing(e);
        } finally {
            spec.clearPassword();
        }
    }

    private static byte[] bytes(KeySpec spec) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(spec)
                .getEncoded();
    }

    static byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return salt;
    }

    byte[] salt() {
        return salt.clone();
    }

    int iterations() {
        return iterations;
    }

    boolean isMadeWith(byte[] otherSalt, int otherIterations) {
        return iterations == otherIterations && Arrays.equals(salt, otherSalt);
    }

    /** Returns the nonce, the encrypted content and its tag. */
    byte[] seal(byte[] content, byte[] context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, 0, context).doFinal(content);
            return ByteBuffer.allocate(nonce.length + encrypted.length)
                    .put(nonce)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** Returns the content, or nothing where it was sealed with another key, for another context, or has been changed. */
    Optional<byte[]> open(byte[] sealed, byte[] context) {
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, sealed, 0, context);
            return Optional.of(cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, int offset, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce, offset, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher;
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("AES-GCM and PBKDF2 are part of every Java platform", e);
    }
}
