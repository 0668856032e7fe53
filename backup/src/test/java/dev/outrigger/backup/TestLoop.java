package dev.outrigger.backup;

import dev.outrigger.ops.Loop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An event loop whose timers a test lets go off. */
final class TestLoop implements Loop {

    private final List<Waiting> timers = new ArrayList<>(); // guarded by this

    private record Waiting(Runnable task, Duration delay) {}

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public synchronized Timer schedule(Runnable task, Duration delay) {
        Waiting timer = new Waiting(task, delay);
        timers.add(timer);
        return () -> remove(timer);
    }

    private synchronized void remove(Waiting timer) {
        timers.remove(timer);
    }

    /** After how long those go off that are still to come. */
    synchronized List<Duration> delays() {
        return timers.stream().map(Waiting::delay).toList();
    }

    /** Lets all of them go off. */
    void goOff() {
        List<Waiting> due;
        synchronized (this) {
            due = List.copyOf(timers);
            timers.clear();
        }
        due.forEach(timer -> timer.task().run());
    }
}
