package dev.outrigger.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * A secret as it is kept, in the file and in memory: its value sealed together with its name and its times, so that none of
 * them fits another value.
 *
 * @param key names it
 * @param createdAt when it was first put, in whole milliseconds
 * @param updatedAt when it was last put, in whole milliseconds
 * @param sealed the value, see {@link SealingKey#seal}; never changed
 */
record SealedSecret(SecretKey key, Instant createdAt, Instant updatedAt, byte[] sealed) {

    static SealedSecret seal(
            SealingKey sealing, SecretKey key, Instant createdAt, Instant updatedAt, SecretValue value) {
        byte[] content = value.reveal().getBytes(UTF_8);
        byte[] sealed = sealing.seal(content, context(key, createdAt, updatedAt));
        Arrays.fill(content, (byte) 0);
        return new SealedSecret(key, createdAt, updatedAt, sealed);
    }

    /** The value, unless this was sealed with another key or has been changed. */
    Optional<SecretValue> open(SealingKey sealing) {
        return sealing.open(sealed, context(key, createdAt, updatedAt)).map(SealedSecret::valueOf);
    }

    private static SecretValue valueOf(byte[] content) {
        String text = new String(content, UTF_8);
        Arrays.fill(content, (byte) 0);
        return SecretValue.of(text);
    }

    private static byte[] context(SecretKey key, Instant createdAt, Instant updatedAt) {
        byte[] name = key.value().getBytes(UTF_8);
        return ByteBuffer.allocate(1 + 2 * Long.BYTES + name.length)
                .put(SealPurpose.SECRET.mark())
                .putLong(createdAt.toEpochMilli())
                .putLong(updatedAt.toEpochMilli())
                .put(name)
                .array();
    }

    /** Leaves the value out, sealed as it is. */
    @Override
    public String toString() {
        return "SealedSecret[" + key + "]";
    }
}
