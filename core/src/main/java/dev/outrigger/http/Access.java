package dev.outrigger.http;

/** Who may call a route. */
public enum Access {

    /** Anybody who can reach the port: what load balancers and kubelets ask. */
    PROBE,

    /** Reads what is not everybody's business; needs a reader's right where the sidecar has authentication. */
    READ,

    /** Changes something; needs a writer's right where the sidecar has authentication. */
    WRITE
}
