package dev.outrigger.netty;

/** Thrown when a sidecar cannot start: its address is taken, is none of this machine's, or may not be bound. */
public final class SidecarStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SidecarStartException(String message) {
        super(message);
    }

    SidecarStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
