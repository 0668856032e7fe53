package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.HealthMonitor;
import dev.outrigger.health.HealthReport;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds the answers to the latest report, encoded on the thread that publishes it; a request reads them with one volatile
 * read. Notices, by the event loop's own beat, when no report has come for too long.
 */
final class AnswerBoard {

    /** Five seconds, at two ticks a second. A pause of the JVM, however long, is one tick. */
    private static final int STALLED_AFTER_TICKS = 10;

    private final ReportDocuments documents;
    private final AtomicReference<Answers> latest;
    private volatile Runnable onChange = () -> {};

    /** The event loop only. */
    private HealthReport lastSeen;

    /** The event loop only. */
    private int ticksUnchanged;

    AnswerBoard(HealthMonitor monitor, ReportDocuments documents) {
        this.documents = documents;
        this.lastSeen = monitor.report();
        this.latest = new AtomicReference<>(Answers.first(new View(lastSeen, false), documents));
    }

    /** Follows the monitor from now on. */
    void follow(HealthMonitor monitor, Runnable newOnChange) {
        onChange = newOnChange;
        monitor.listen(this::published);
    }

    Answers latest() {
        return requireNonNull(latest.get());
    }

    /** Called by the event loop twice a second. */
    void tick() {
        HealthReport report = latest().view().report();
        ticksUnchanged = report.sequence() == lastSeen.sequence() ? ticksUnchanged + 1 : 0;
        lastSeen = report;
        if (ticksUnchanged >= STALLED_AFTER_TICKS) {
            declareStalled();
        }
    }

    private void published(HealthReport report) {
        replaceBy(new View(report, false));
    }

    private void declareStalled() {
        Answers stale = latest();
        if (!stale.view().stalled() && latest.compareAndSet(stale, stale.next(stalled(stale), documents))) {
            onChange.run();
        }
    }

    private static View stalled(Answers stale) {
        return new View(stale.view().report(), true);
    }

    private void replaceBy(View view) {
        latest.updateAndGet(before -> before.next(view, documents));
        onChange.run();
    }
}
