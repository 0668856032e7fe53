package dev.outrigger.backup.location;

/**
 * How large the parts of an upload of unknown length are. They begin small, for the sake of memory, and double every 800 parts, for there
 * are no more than 10,000: so they reach the 5 TiB at which S3 ends an object. Up to 6 GiB a part is 8 MiB, up to 90 GiB at most 64.
 */
final class PartSize {

    static final int FIRST = 8 * 1024 * 1024;

    static final int MAX_PARTS = 10_000;

    private static final int PARTS_OF_A_SIZE = 800;
    private static final int MAX_DOUBLINGS = 7;

    private PartSize() {}

    /** Returns the bytes of a part, of which the first has number 1. */
    static int of(int number) {
        return FIRST << Math.min((number - 1) / PARTS_OF_A_SIZE, MAX_DOUBLINGS);
    }
}
