package dev.outrigger.example.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.example.kv.store.HashSlot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * Clients that count: each writes the same number to two keys of one shard, one after the other, then the next number. In whatever was one
 * moment of that shard, the first key is at the second's number or one ahead.
 */
final class PairWriters implements AutoCloseable {

    private static final int SHARDS = 4;
    private static final int SLOTS_OF_A_SHARD = HashSlot.COUNT / SHARDS;

    private final List<Integer> ports;
    private final AtomicIntegerArray begun;
    private final AtomicIntegerArray acknowledged;
    private final List<Thread> threads;
    private final ReadWriteLock stillness =
            new ReentrantReadWriteLock(true); // fair: the clients never end by themselves
    private volatile boolean ending;

    private PairWriters(List<Integer> ports, int clients) {
        this.ports = List.copyOf(ports);
        this.begun = new AtomicIntegerArray(clients);
        this.acknowledged = new AtomicIntegerArray(clients);
        this.threads = IntStream.range(0, clients)
                .mapToObj(number -> new Thread(() -> run(number), "pair-" + number))
                .toList();
    }

    /** Starts clients, the first at the first port and so on. */
    static PairWriters start(List<Integer> ports, int clients) {
        PairWriters running = new PairWriters(ports, clients);
        running.threads.forEach(Thread::start);
        return running;
    }

    /** Where every client was, as far as it had been answered. */
    List<Integer> acknowledged() {
        return list(acknowledged);
    }

    /** Where every client was, answered or not. */
    List<Integer> begun() {
        return list(begun);
    }

    /** Something that is done while nobody writes. */
    @FunctionalInterface
    interface Work {

        void run() throws Exception;
    }

    /** Holds every client between two pairs until something is done. */
    void whileStill(Work work) throws Exception {
        stillness.writeLock().lock();
        try {
            work.run();
        } finally {
            stillness.writeLock().unlock();
        }
    }

    private static List<Integer> list(AtomicIntegerArray numbers) {
        return IntStream.range(0, numbers.length()).mapToObj(numbers::get).toList();
    }

    /**
     * Reads all pairs at one node, and returns what contradicts a backup that was made between two moments.
     *
     * @param least what every client had been answered for before
     * @param most what every client had begun at the end
     */
    static List<String> contradictions(int port, List<Integer> least, List<Integer> most) throws IOException {
        List<String> contradictions = new ArrayList<>();
        try (RespConnection connection = new RespConnection(port)) {
            for (int number = 0; number < least.size(); number++) {
                int first = read(connection, firstKey(number));
                int second = read(connection, secondKey(number));
                boolean oneMoment = first == second || first == second + 1;
                if (!oneMoment || second < least.get(number) || first > most.get(number)) {
                    contradictions.add("client %d: %d and %d (expected: %d to %d)"
                            .formatted(number, first, second, least.get(number), most.get(number)));
                }
            }
        }
        return contradictions;
    }

    private static int read(RespConnection connection, String key) throws IOException {
        String value = connection.ask("GET " + key);
        return value.equals(RespConnection.NIL) ? 0 : Integer.parseInt(value);
    }

    private static String firstKey(int number) {
        return "{" + tag(number) + "}a";
    }

    private static String secondKey(int number) {
        return "{" + tag(number) + "}b";
    }

    /** A client's keys are in the shard of its number, and so in every shard if there are enough of them. */
    private static String tag(int number) {
        return IntStream.iterate(0, next -> next + 1)
                .mapToObj(next -> "pair-" + number + "-" + next)
                .filter(tag -> HashSlot.of(tag.getBytes(UTF_8)).number() / SLOTS_OF_A_SHARD == number % SHARDS)
                .findFirst()
                .orElseThrow();
    }

    private void run(int number) {
        int port = number;
        while (!ending) {
            try (RespConnection connection = new RespConnection(ports.get(port % ports.size()))) {
                count(connection, number);
            } catch (IOException e) {
                port++; // that node is away: the next may be there
            }
        }
    }

    private void count(RespConnection connection, int number) throws IOException {
        while (!ending) {
            stillness.readLock().lock();
            try {
                writePair(connection, number);
            } finally {
                stillness.readLock().unlock();
            }
        }
    }

    private void writePair(RespConnection connection, int number) throws IOException {
        int next = acknowledged.get(number) + 1;
        begun.set(number, next);
        write(connection, firstKey(number), next);
        write(connection, secondKey(number), next);
        acknowledged.set(number, next);
    }

    /** Writes until it is acknowledged: to write the same again does no harm. */
    private static void write(RespConnection connection, String key, int value) throws IOException {
        String reply = connection.ask("SET " + key + " " + value);
        if (!reply.equals("+OK")) {
            throw new IOException(reply);
        }
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
}
