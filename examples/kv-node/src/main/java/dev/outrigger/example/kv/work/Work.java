package dev.outrigger.example.kv.work;

/** Something to do on a worker, made of one or more steps. */
@FunctionalInterface
public interface Work {

    /**
     * Does it.
     *
     * @param heartbeat to be told before each step, so that a long run of short steps is not taken for one that hangs
     */
    void run(Heartbeat heartbeat);

    /** Is told that a worker has come to a new step. */
    @FunctionalInterface
    interface Heartbeat {

        void beat();
    }
}
