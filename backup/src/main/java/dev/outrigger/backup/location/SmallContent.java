package dev.outrigger.backup.location;

/** The bound of what is written in one step. */
final class SmallContent {

    static final int MAX_BYTES = 64 * 1024 * 1024;

    private SmallContent() {}

    static void check(ObjectName name, byte[] content) {
        if (content.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "bytes of " + name + ": " + content.length + " (expected: <= " + MAX_BYTES + ")");
        }
    }
}
