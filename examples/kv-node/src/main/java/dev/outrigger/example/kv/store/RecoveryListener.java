package dev.outrigger.example.kv.store;

/** Is told how far the opening of a store has come, on the thread that opens it. */
@FunctionalInterface
public interface RecoveryListener {

    /**
     * A step begins, or the last one ended.
     *
     * @param done how many steps are behind
     * @param total how many there are; the same in every call
     * @param phase what comes now, in words
     */
    void progress(int done, int total, String phase);
}
