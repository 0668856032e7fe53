package dev.outrigger.task;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** The types that a queue has handlers for, and how many tasks of each have ended. Safe for any thread. */
final class TaskTypes {

    /** Stands for all types without a handler, so that strange records make no metrics. */
    static final String UNKNOWN = "unknown";

    private final Map<String, Entry> entries;
    private final Map<String, AtomicLong> completed = new TreeMap<>();
    private final Map<String, AtomicLong> failed = new TreeMap<>();

    /** One type. */
    record Entry(TaskOptions options, TaskHandler handler) {}

    TaskTypes(Map<String, Entry> entries) {
        this.entries = Map.copyOf(entries);
        entries.keySet().forEach(type -> completed.put(type, new AtomicLong()));
        entries.keySet().forEach(type -> failed.put(type, new AtomicLong()));
        failed.put(UNKNOWN, new AtomicLong());
    }

    Optional<Entry> find(String type) {
        return Optional.ofNullable(entries.get(type));
    }

    /** Tells whether a task of a type that is called off while it waits is undone by its handler. */
    boolean isUndoing(String type) {
        return find(type).filter(entry -> entry.options().undoesCanceled()).isPresent();
    }

    /** Counts a task that has ended. */
    void ended(Task task) {
        switch (task.state()) {
            case COMPLETED -> count(completed, task.type());
            case FAILED -> count(failed, entries.containsKey(task.type()) ? task.type() : UNKNOWN);
            case PENDING, RUNNING, CANCELED -> {
                // Neither done nor given up.
            }
        }
    }

    private static void count(Map<String, AtomicLong> counters, String type) {
        AtomicLong counter = counters.get(type);
        if (counter != null) {
            counter.incrementAndGet();
        }
    }

    Map<String, Long> completed() {
        return read(completed);
    }

    Map<String, Long> failed() {
        return read(failed);
    }

    private static Map<String, Long> read(Map<String, AtomicLong> counters) {
        Map<String, Long> values = new TreeMap<>();
        counters.forEach((type, counter) -> values.put(type, counter.get()));
        return values;
    }
}
