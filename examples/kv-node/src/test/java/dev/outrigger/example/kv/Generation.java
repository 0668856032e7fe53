package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What all keys of a node hold at one time. The keys are the same in each generation, the values tell which one they are of, and cannot
 * be compressed.
 *
 * @param number rises
 * @param large whether one shard has more than an object store takes in one request of ours
 */
record Generation(int number, boolean large) {

    private static final int KEYS = 256;
    private static final int VALUE_BYTES = 8 * 1024;
    private static final int LARGE_KEYS = 10;
    private static final int LARGE_VALUE_BYTES = 1_000_000;
    private static final String LARGE_PREFIX = "{large}:"; // so that all of them are in one shard

    /** All keys. */
    static Stream<String> keys() {
        return Stream.concat(
                IntStream.range(0, KEYS).mapToObj(i -> "key:" + i),
                IntStream.range(0, LARGE_KEYS).mapToObj(i -> LARGE_PREFIX + i));
    }

    /** What a key holds. */
    byte[] value(String key) {
        byte[] value = new byte[bytes(key)];
        new SplittableRandom(31L * key.hashCode() + number).nextBytes(value);
        byte[] label = (number + " ").getBytes(UTF_8);
        System.arraycopy(label, 0, value, 0, label.length);
        return value;
    }

    private int bytes(String key) {
        if (!key.startsWith(LARGE_PREFIX)) {
            return VALUE_BYTES;
        }
        return large ? LARGE_VALUE_BYTES : VALUE_BYTES;
    }
}
