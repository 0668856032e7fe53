package dev.outrigger.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.secrets.SecretStoreException.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads the bytes of one keystore file, see {@link KeystoreContent}, and believes none of them before its seal opened. */
final class KeystoreDecoder {

    /** Fewer would be no protection. */
    static final int FEWEST_ITERATIONS = 1_000;

    /** More would take the sidecar's time for minutes. */
    static final int MOST_ITERATIONS = 10_000_000;

    private final Path file;
    private final byte[] bytes;
    private final ByteBuffer in;
    private final KeySource keys;

    KeystoreDecoder(Path file, byte[] bytes, KeySource keys) {
        this.file = file;
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes);
        this.keys = keys;
    }

    /** Makes the key that belongs to a salt. */
    @FunctionalInterface
    interface KeySource {
        SealingKey key(byte[] salt, int iterations);
    }

    /**
     * Reads it all.
     *
     * @throws SecretStoreException with {@link Reason#WRONG_PASSWORD} or {@link Reason#DAMAGED}
     */
    KeystoreContent decode() {
        try {
            SealingKey key = readKey();
            requireSeal(key, SealPurpose.WHOLE_FILE, bytes.length - SealingKey.OVERHEAD_BYTES, Reason.DAMAGED);
            return new KeystoreContent(key, readSecrets(key), bytes);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged("it ends too early, or holds what no keystore does");
        }
    }

    private SealingKey readKey() {
        if (!Arrays.equals(read(KeystoreContent.MAGIC.length), KeystoreContent.MAGIC)) {
            throw damaged("no keystore of a known version");
        }
        int iterations = in.getInt();
        if (iterations < FEWEST_ITERATIONS || iterations > MOST_ITERATIONS) {
            throw damaged(
                    "iterations: " + iterations + " (expected: " + FEWEST_ITERATIONS + " to " + MOST_ITERATIONS + ")");
        }
        byte[] salt = read(SealingKey.SALT_BYTES);
        if (in.remaining() < 2 * SealingKey.OVERHEAD_BYTES) {
            throw damaged("it ends too early");
        }
        SealingKey key = keys.key(salt, iterations);
        requireSeal(key, SealPurpose.PASSWORD_CHECK, KeystoreContent.HEADER_BYTES, Reason.WRONG_PASSWORD);
        in.position(KeystoreContent.HEADER_BYTES + SealingKey.OVERHEAD_BYTES);
        return key;
    }

    /** Opens the seal that stands at a place and covers all that is before it. */
    private void requireSeal(SealingKey key, SealPurpose purpose, int place, Reason otherwise) {
        byte[] seal = Arrays.copyOfRange(bytes, place, place + SealingKey.OVERHEAD_BYTES);
        if (key.open(seal, purpose.over(bytes, place)).isEmpty()) {
            throw new SecretStoreException(
                    otherwise, file, otherwise == Reason.DAMAGED ? "its seal is broken" : "wrong password");
        }
    }

    private NavigableMap<SecretKey, SealedSecret> readSecrets(SealingKey key) {
        NavigableMap<SecretKey, SealedSecret> secrets = new TreeMap<>();
        for (int left = in.getInt(); left > 0; left--) {
            SealedSecret secret = readSecret();
            if (secret.open(key).isEmpty() || secrets.put(secret.key(), secret) != null) {
                throw damaged("a secret that does not belong there");
            }
        }
        if (in.remaining() != SealingKey.OVERHEAD_BYTES) {
            throw damaged("more than it says");
        }
        return secrets;
    }

    private SealedSecret readSecret() {
        SecretKey name = new SecretKey(new String(read(Byte.toUnsignedInt(in.get())), US_ASCII));
        Instant createdAt = Instant.ofEpochMilli(in.getLong());
        Instant updatedAt = Instant.ofEpochMilli(in.getLong());
        return new SealedSecret(name, createdAt, updatedAt, read(in.getInt()));
    }

    private byte[] read(int length) {
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] part = new byte[length];
        in.get(part);
        return part;
    }

    private SecretStoreException damaged(String what) {
        return new SecretStoreException(Reason.DAMAGED, file, "damaged, " + what);
    }
}
