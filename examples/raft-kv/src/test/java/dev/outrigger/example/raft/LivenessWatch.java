package dev.outrigger.example.raft;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Asks some nodes again and again whether they live, as kubelet does, and remembers who said no. */
final class LivenessWatch implements AutoCloseable {

    private static final int PACE_MILLIS = 50;

    private final ConcurrentLinkedQueue<String> objections = new ConcurrentLinkedQueue<>();
    private final AtomicInteger rounds = new AtomicInteger();
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();

    private LivenessWatch() {}

    static LivenessWatch start(List<Integer> opsPorts) {
        LivenessWatch watch = new LivenessWatch();
        watch.pace.scheduleWithFixedDelay(() -> watch.ask(opsPorts), 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Ends, and returns every answer that was not 200. */
    List<String> objections() {
        close();
        return rounds.get() > 0 ? List.copyOf(objections) : List.of("nobody was asked");
    }

    private void ask(List<Integer> opsPorts) {
        for (int port : opsPorts) {
            int status = Http.status(port, "/health");
            if (status != 200) {
                objections.add("port " + port + ": " + status);
            }
        }
        rounds.incrementAndGet();
    }

    @Override
    public void close() {
        pace.shutdown();
        try {
            if (!pace.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a question is not answered");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
