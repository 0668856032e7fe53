package dev.outrigger.health;

/**
 * Tells whether one component of the host is well.
 *
 * <p>Called on a sidecar thread, never on an event loop, and never by two threads at once. A call that outlasts its
 * {@linkplain CheckOptions#timeout() timeout} counts as failed and is left to end; it is interrupted only where its
 * options ask for that, since an interrupt closes any {@code FileChannel} it is in.
 */
@FunctionalInterface
public interface HealthCheck {

    /**
     * Checks the component now.
     *
     * @throws Exception if the component could not be checked, which counts as failed; the message is shown to
     *     authorised readers only
     */
    HealthResult check() throws Exception;
}
