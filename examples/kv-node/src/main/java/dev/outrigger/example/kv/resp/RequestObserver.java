package dev.outrigger.example.kv.resp;

/** Is told of each command that has been answered. Called by the workers, several at once. */
@FunctionalInterface
public interface RequestObserver {

    /**
     * A command has its reply.
     *
     * @param operation the command's name in lower case, or {@code unknown}
     * @param nanos from the arrival of the whole request to now, waiting for a worker included
     */
    void answered(String operation, long nanos);
}
