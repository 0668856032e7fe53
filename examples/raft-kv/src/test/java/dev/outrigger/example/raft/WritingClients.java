package dev.outrigger.example.raft;

import dev.outrigger.example.raft.Operation.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Clients that write and read a few keys all the time, at one of several ports each, and remember what they saw. A client whose connection
 * breaks goes to the next port; what it had sent there is not settled then.
 */
final class WritingClients implements AutoCloseable {

    private static final int KEYS = 12;

    private final List<Integer> ports;
    private final List<Thread> threads;
    private final Map<String, ConcurrentLinkedQueue<Operation>> seen = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong brokenConnections = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();
    private volatile boolean ending;

    private WritingClients(List<Integer> ports, int clients) {
        this.ports = List.copyOf(ports);
        this.threads = IntStream.range(0, clients)
                .mapToObj(number -> new Thread(() -> run(number), "client-" + number))
                .toList();
    }

    /** Starts clients, the first at the first port and so on. */
    static WritingClients start(List<Integer> ports, int clients) {
        WritingClients running = new WritingClients(ports, clients);
        running.threads.forEach(Thread::start);
        return running;
    }

    /** Returns how many operations were answered. */
    long answered() {
        return answered.get();
    }

    /** Returns how often a connection broke. */
    long brokenConnections() {
        return brokenConnections.get();
    }

    /** Returns the errors that were answered. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Returns how long the slowest answer took. */
    Duration longest() {
        return Duration.ofNanos(longestNanos.get());
    }

    /** Ends the clients, and returns the keys whose operations no register could have answered so. */
    List<String> keysThatDoNotHold() {
        close();
        return seen.entrySet().stream()
                .filter(entry -> !Linearizability.holds(new ArrayList<>(entry.getValue()), RespConnection.NIL))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        ending = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private void run(int number) {
        Random random = new Random(number);
        int port = number;
        int written = 0;
        while (!ending) {
            try (RespConnection connection = new RespConnection(ports.get(port % ports.size()))) {
                while (!ending) {
                    String key = "key-" + random.nextInt(KEYS);
                    if (random.nextInt(3) == 0) {
                        read(connection, key);
                    } else {
                        write(connection, key, number + "-" + written++);
                    }
                }
            } catch (IOException e) {
                brokenConnections.incrementAndGet();
                port++;
            }
        }
    }

    private void read(RespConnection connection, String key) throws IOException {
        long began = System.nanoTime();
        String reply = connection.ask("GET " + key);
        if (isRefused(reply)) {
            return;
        }
        remember(key, Kind.READ, reply, began, System.nanoTime());
    }

    private void write(RespConnection connection, String key, String value) throws IOException {
        long began = System.nanoTime();
        try {
            String reply = connection.ask("SET " + key + " " + value);
            if (reply.startsWith("-TRYAGAIN")) {
                remember(key, Kind.WRITE, value, began, Operation.NEVER);
            }
            if (!isRefused(reply)) {
                remember(key, Kind.WRITE, value, began, System.nanoTime());
            }
        } catch (IOException e) {
            remember(key, Kind.WRITE, value, began, Operation.NEVER);
            throw e;
        }
    }

    private boolean isRefused(String reply) {
        boolean refused = reply.startsWith("-");
        if (refused) {
            refusals.add(reply);
        }
        return refused;
    }

    private void remember(String key, Kind kind, String value, long began, long ended) {
        if (ended != Operation.NEVER) {
            answered.incrementAndGet();
            longestNanos.accumulateAndGet(ended - began, Math::max);
        }
        seen.computeIfAbsent(key, k -> new ConcurrentLinkedQueue<>()).add(new Operation(kind, value, began, ended));
    }
}
