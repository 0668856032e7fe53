package dev.outrigger.backup.archive;

/**
 * Leaves the core to whoever waits for it, between two pieces of the data that a thread moves. That has less to do than this, such as an
 * event loop that is asked for a probe. Not thread-safe.
 */
final class Courtesy {

    /** What a core moves in some tenths of a millisecond. For each of many small files it would cost more than to read them. */
    private static final int PIECE_BYTES = 64 << 10;

    private int moved;

    /** So many more bytes have been moved. */
    @SuppressWarnings("ThreadPriorityCheck") // Nothing relies on it.
    void moved(int bytes) {
        moved += bytes;
        if (moved >= PIECE_BYTES) {
            moved = 0;
            Thread.yield();
        }
    }
}
