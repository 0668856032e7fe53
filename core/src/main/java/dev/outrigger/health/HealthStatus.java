package dev.outrigger.health;

/** How well a component, or the whole node, is. */
public enum HealthStatus {

    /** As it should be. */
    HEALTHY("healthy"),

    /** It works, but somebody should look. A degraded node still takes traffic. */
    DEGRADED("degraded"),

    /** It does not work. */
    UNHEALTHY("unhealthy");

    private final String word;

    HealthStatus(String word) {
        this.word = word;
    }

    /** Returns the word that answers and metrics use for this status. */
    public String word() {
        return word;
    }
}
