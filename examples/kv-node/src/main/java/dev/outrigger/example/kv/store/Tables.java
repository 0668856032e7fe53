package dev.outrigger.example.kv.store;

/**
 * The tables in service. Read by any thread, at any time; published by the one that opens the store and, from then on, by whoever makes a
 * {@linkplain TableChanges change}.
 */
final class Tables {

    private volatile TableSet now = TableSet.NONE;

    /** Returns the tables as they are now. Who asks twice may get two answers. */
    TableSet now() {
        return now;
    }

    /** Leads everybody who asks from now on to other tables. */
    void publish(TableSet next) {
        now = next;
    }
}
