package dev.outrigger.backup.create;

import dev.outrigger.backup.location.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Lets several processes take turns at one store, one operation each, in an order that a seed gives: the same seed, the same order. Each
 * process is a thread, and one of them runs at a time.
 */
final class Turns {

    private final Random random;
    private final boolean[] runs;
    private int turn; // guarded by this

    /** @param processes how many there will be */
    Turns(long seed, int processes) {
        this.random = new Random(seed);
        this.runs = new boolean[processes];
        for (int i = 0; i < processes; i++) {
            runs[i] = true;
        }
        this.turn = random.nextInt(processes);
    }

    /** Makes the operations of one process wait for its turns. */
    MemoryStore.Hook of(int process) {
        return new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation operation, String name) {
                next(process);
            }
        };
    }

    /** Runs all of them to their ends; returns what each gave, or the exception that it threw. */
    List<Object> run(List<? extends Callable<?>> processes) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(processes.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < processes.size(); i++) {
                int process = i;
                running.add(threads.submit(() -> {
                    await(process);
                    try {
                        return processes.get(process).call();
                    } finally {
                        end(process);
                    }
                }));
            }
            List<Object> results = new ArrayList<>();
            for (Future<?> process : running) {
                results.add(result(process));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object result(Future<?> process) throws InterruptedException {
        try {
            return process.get();
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private synchronized void next(int process) {
        choose();
        awaitTurn(process);
    }

    private synchronized void await(int process) {
        awaitTurn(process);
    }

    private synchronized void end(int process) {
        runs[process] = false;
        choose();
    }

    /** Guarded by this. */
    private void awaitTurn(int process) {
        try {
            while (turn != process) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("a test was interrupted", e);
        }
    }

    /** Guarded by this. */
    private void choose() {
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < runs.length; i++) {
            if (runs[i]) {
                left.add(i);
            }
        }
        if (!left.isEmpty()) {
            turn = left.get(random.nextInt(left.size()));
            notifyAll();
        }
    }
}
