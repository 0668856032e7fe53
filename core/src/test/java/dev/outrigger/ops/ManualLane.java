package dev.outrigger.ops;

import dev.outrigger.health.ManualExecutor;

/** A lane that runs what a test lets it run, and counts the threads that were written off. */
final class ManualLane implements CallLane {

    final ManualExecutor tasks = new ManualExecutor();
    int writtenOff;

    @Override
    public void execute(Runnable task) {
        tasks.execute(task);
    }

    @Override
    public void writeOff() {
        writtenOff++;
    }

    @Override
    public void takeBack() {
        writtenOff--;
    }
}
