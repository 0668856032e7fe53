package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.stream.Stream;

/** Keys and values, written as text. */
final class Bytes {

    private Bytes() {}

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static List<byte[]> all(String... texts) {
        return Stream.of(texts).map(Bytes::bytes).toList();
    }

    static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
