package dev.outrigger.ops;

import dev.outrigger.health.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An event loop whose timers go by a test's clock. Tasks run at once, on the caller's thread. */
final class ManualLoop implements Loop {

    private final ManualTime time;
    private final List<Waiting> timers = new ArrayList<>();

    ManualLoop(ManualTime time) {
        this.time = time;
    }

    private record Waiting(Runnable task, long dueAt) {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Timer schedule(Runnable task, Duration delay) {
        Waiting timer = new Waiting(task, time.getAsLong() + delay.toNanos());
        timers.add(timer);
        return () -> timers.remove(timer);
    }

    /** How many timers are still to come. */
    int timers() {
        return timers.size();
    }

    void runDue() {
        for (Waiting timer : List.copyOf(timers)) {
            if (timer.dueAt() <= time.getAsLong()) {
                timers.remove(timer);
                timer.task().run();
            }
        }
    }
}
