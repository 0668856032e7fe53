package dev.outrigger.http;

/** Who may call a route. */
public enum Access {

    /** Anybody who can reach the port: what load balancers and kubelets ask. */
    PROBE("P"),

    /** Reads what is not everybody's business; needs a reader's right where the sidecar has authentication. */
    READ("R"),

    /** Changes something; needs a writer's right where the sidecar has authentication. */
    WRITE("W");

    private final String letter;

    Access(String letter) {
        this.letter = letter;
    }

    /** The class of a route as the registry and the documentation have it: {@code P}, {@code R} or {@code W}. */
    public String letter() {
        return letter;
    }
}
