package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.task.TaskQueue;

/**
 * Plugs a task queue into a sidecar: its routes below {@code /jobs}, its metrics, and its life. The queue starts with the sidecar and
 * is closed when the sidecar has drained; its store stays the host's, to be closed after the sidecar.
 *
 * <pre>{@code
 * OpsSidecar.builder("node-1").install(TaskExtension.of(queue))
 * }</pre>
 */
public final class TaskExtension implements Extension {

    private final TaskQueue queue;

    private TaskExtension(TaskQueue queue) {
        this.queue = queue;
    }

    /** Plugs in a queue that has not been started. */
    public static TaskExtension of(TaskQueue queue) {
        return new TaskExtension(requireNonNull(queue, "queue"));
    }

    @Override
    public void install(Registrar registrar) {
        registrar
                .routes(sidecar -> JobRoutes.of(queue, sidecar.adminPrefix(), sidecar::isDraining))
                .ownMetrics(sidecar -> TaskMetrics.of(sidecar.metricsPrefix(), queue))
                .whenStarted(sidecar -> queue.start())
                .whenDrained(queue::close);
    }
}
