package dev.outrigger.health;

/** Why a check has no result of its own. */
public enum FailureCode {

    /** It gave no result within its timeout. */
    TIMEOUT("timeout"),

    /** It threw, returned {@code null}, or could not be started. */
    ERROR("error");

    private final String word;

    FailureCode(String word) {
        this.word = word;
    }

    /** Returns the word that answers use for this code. */
    public String word() {
        return word;
    }
}
