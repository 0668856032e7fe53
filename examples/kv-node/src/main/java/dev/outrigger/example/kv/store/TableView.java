package dev.outrigger.example.kv.store;

/**
 * A table as it was at one moment.
 *
 * @param name its name
 * @param slots those whose keys it has, or had
 * @param state whether clients' keys go there
 */
public record TableView(String name, SlotRange slots, State state) {

    /** Whether clients' keys go to a table. */
    public enum State {
        /** They do. */
        SERVED,
        /** They do not: it was restored under a name of its own, and is there to be read. */
        ATTACHED,
        /** They would, but it was dropped: they are refused until it is restored. */
        DROPPED
    }
}
