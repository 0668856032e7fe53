package dev.outrigger.ops;

import dev.outrigger.health.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An event loop whose timers go by a test's clock. Tasks run at once, on the caller's thread. */
final class ManualLoop implements Loop {

    private final ManualTime time;
    private final List<Timer> timers = new ArrayList<>();

    ManualLoop(ManualTime time) {
        this.time = time;
    }

    private record Timer(Runnable task, long dueAt) {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public void schedule(Runnable task, Duration delay) {
        timers.add(new Timer(task, time.getAsLong() + delay.toNanos()));
    }

    void runDue() {
        for (Timer timer : List.copyOf(timers)) {
            if (timer.dueAt() <= time.getAsLong()) {
                timers.remove(timer);
                timer.task().run();
            }
        }
    }
}
