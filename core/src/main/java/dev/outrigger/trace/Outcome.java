package dev.outrigger.trace;

/** How a request ended. */
public enum Outcome {

    /** Answered with a status below 400. */
    OK("ok"),

    /** Answered with 4xx. */
    CLIENT_ERROR("client_error"),

    /** Answered with 5xx. */
    SERVER_ERROR("server_error"),

    /** The client left before its answer was whole. */
    CLIENT_LEFT("client_left"),

    /** The answer was broken off after its beginning: it failed, was taken too slowly, or its connection was needed. */
    BROKEN_OFF("broken_off");

    private final String word;

    Outcome(String word) {
        this.word = word;
    }

    /** The outcome of an answer that was given whole. */
    public static Outcome of(int status) {
        return status < 400 ? OK : status < 500 ? CLIENT_ERROR : SERVER_ERROR;
    }

    /** The outcome as it stands in logs. */
    public String word() {
        return word;
    }
}
