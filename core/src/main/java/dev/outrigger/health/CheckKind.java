package dev.outrigger.health;

/** What a failed check means. */
public enum CheckKind {

    /** The process cannot recover by itself: an orchestrator should restart it. */
    LIVENESS("liveness"),

    /** The node should get no traffic for now. */
    READINESS("readiness");

    private final String word;

    CheckKind(String word) {
        this.word = word;
    }

    /** Returns the word that answers and metrics use for this kind. */
    public String word() {
        return word;
    }
}
