package dev.outrigger.secrets;

/** Where a secret is configured. */
public enum SecretStatus {

    /** In the keystore alone. */
    KEYSTORE("configured_keystore"),

    /** In the environment alone. */
    ENVIRONMENT("configured_env"),

    /** In both, of which the keystore is used. */
    BOTH("configured_both");

    private final String word;

    SecretStatus(String word) {
        this.word = word;
    }

    /** The status as clients read it. */
    public String word() {
        return word;
    }
}
