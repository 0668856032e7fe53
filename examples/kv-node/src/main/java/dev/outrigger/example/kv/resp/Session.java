package dev.outrigger.example.kv.resp;

/** What the server remembers of one connection. Used by one worker at a time, one after another. */
final class Session {

    private final long id;
    private volatile String clientName = "";
    private volatile boolean ended;

    Session(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }

    String clientName() {
        return clientName;
    }

    void rename(String name) {
        clientName = name;
    }

    /** Tells whether the connection is to be closed after the replies up to here. */
    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }
}
