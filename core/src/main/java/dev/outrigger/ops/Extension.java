package dev.outrigger.ops;

/**
 * Something that is plugged into a sidecar as a whole: its checks, routes and metrics in one call.
 *
 * <p>Handed to the builder, or found by {@link java.util.ServiceLoader} where the builder is asked to look. A provider found
 * that way needs a public constructor without parameters.
 */
@FunctionalInterface
public interface Extension {

    /** Contributes what the extension consists of. Called once, on the thread that builds the sidecar. */
    void install(Registrar registrar);
}
