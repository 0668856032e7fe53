package dev.outrigger.backup.location;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Objects in the memory of a test. A hook is told of each operation, and may throw: before it as a store that fails, after it as one whose
 * reply is lost, or as a process that dies there.
 */
public final class MemoryStore implements ObjectStore {

    /** What is done to a store. */
    public enum Operation {
        CREATE,
        WRITE,
        COMMIT,
        ABORT,
        PUT_IF_ABSENT,
        REPLACE,
        STAT,
        READ,
        LIST,
        DELETE,
        REMOVE_UNFINISHED,
        PROBE
    }

    /** Is told of each operation. */
    public interface Hook {

        /** Called before anything is done; what it throws is what the operation throws. */
        default void before(Operation operation, String name) throws IOException {}

        /** Called when everything is done; what it throws is what the operation throws. */
        default void after(Operation operation, String name) throws IOException {}
    }

    private final Contents contents;
    private volatile Hook hook = new Hook() {};

    public MemoryStore() {
        this(new Contents());
    }

    private MemoryStore(Contents contents) {
        this.contents = contents;
    }

    /** Returns another store of the same objects, as another process has it, with a hook of its own. */
    public MemoryStore elsewhere() {
        return new MemoryStore(contents);
    }

    /** Has a hook told of what happens from now on. */
    public void hook(Hook hook) {
        this.hook = hook;
    }

    @Override
    public ObjectSink create(ObjectName name) throws IOException {
        return step(Operation.CREATE, name.value(), () -> {
            contents.refuseTaken(name);
            MemorySink sink = new MemorySink(name);
            contents.open(sink);
            return sink;
        });
    }

    @Override
    public StoredObject putIfAbsent(ObjectName name, byte[] content) throws IOException {
        SmallContent.check(name, content);
        return step(Operation.PUT_IF_ABSENT, name.value(), () -> contents.putIfAbsent(name, content));
    }

    @Override
    public StoredObject replace(ObjectName name, byte[] content) throws IOException {
        SmallContent.check(name, content);
        return step(Operation.REPLACE, name.value(), () -> contents.put(name, content));
    }

    @Override
    public Optional<StoredObject> stat(ObjectName name) throws IOException {
        return step(Operation.STAT, name.value(), () -> contents.find(name).map(Stored::facts));
    }

    @Override
    public Optional<InputStream> read(ObjectName name) throws IOException {
        return step(
                Operation.READ,
                name.value(),
                () -> contents.find(name)
                        .map(stored ->
                                new ExactInputStream(new ByteArrayInputStream(stored.content()), stored.facts())));
    }

    @Override
    public List<StoredObject> list(String prefix, String after, int limit) throws IOException {
        ListRequest request = new ListRequest(prefix, after, limit);
        return step(Operation.LIST, prefix, () -> contents.list(request));
    }

    @Override
    public void delete(ObjectName name) throws IOException {
        step(Operation.DELETE, name.value(), () -> contents.remove(name));
    }

    @Override
    public int removeUnfinished(String prefix, boolean dryRun) throws IOException {
        return step(Operation.REMOVE_UNFINISHED, prefix, () -> contents.removeUnfinished(prefix, dryRun));
    }

    @Override
    public StoreTraits probe(String owner) throws IOException {
        return step(Operation.PROBE, "", () -> new StoreTraits(true, true));
    }

    @Override
    public void close() {}

    private <T> T step(Operation operation, String name, Step<T> step) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted at " + operation + " of " + name);
        }
        hook.before(operation, name);
        T result = step.run();
        hook.after(operation, name);
        return result;
    }

    @FunctionalInterface
    private interface Step<T> {

        T run() throws IOException;
    }

    private record Stored(StoredObject facts, byte[] content) {}

    private final class MemorySink extends ObjectSink {

        private final ObjectName name;
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean ended;

        MemorySink(ObjectName name) {
            this.name = name;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            refuseEnded();
            step(Operation.WRITE, name.value(), () -> {
                written.write(bytes, offset, length);
                return length;
            });
        }

        @Override
        public StoredObject commit() throws IOException {
            refuseEnded();
            return step(Operation.COMMIT, name.value(), () -> {
                StoredObject object = contents.putIfAbsent(name, written.toByteArray());
                contents.end(this);
                ended = true;
                return object;
            });
        }

        @Override
        public void close() throws IOException {
            if (!ended) {
                step(Operation.ABORT, name.value(), () -> {
                    contents.end(this);
                    ended = true;
                    return ended;
                });
            }
        }

        private void refuseEnded() throws IOException {
            if (ended) {
                throw new IOException("object: " + name + " has ended (expected: being written)");
            }
        }
    }

    /** What the store has; guarded by itself. */
    private static final class Contents {

        private final NavigableMap<ObjectName, Stored> objects = new TreeMap<>();
        private final List<MemorySink> unfinished = new ArrayList<>();
        private long versions;

        synchronized Optional<Stored> find(ObjectName name) {
            return Optional.ofNullable(objects.get(name));
        }

        synchronized void refuseTaken(ObjectName name) throws ObjectExistsException {
            if (objects.containsKey(name)) {
                throw new ObjectExistsException(name);
            }
        }

        synchronized StoredObject putIfAbsent(ObjectName name, byte[] content) throws ObjectExistsException {
            refuseTaken(name);
            return put(name, content);
        }

        synchronized StoredObject put(ObjectName name, byte[] content) {
            StoredObject facts = new StoredObject(name, content.length, "v" + ++versions);
            objects.put(name, new Stored(facts, content.clone()));
            return facts;
        }

        synchronized List<StoredObject> list(ListRequest request) {
            return objects.values().stream()
                    .map(Stored::facts)
                    .filter(facts -> request.match(facts.name().value()).isPresent())
                    .limit(request.limit())
                    .toList();
        }

        synchronized boolean remove(ObjectName name) {
            return objects.remove(name) != null;
        }

        synchronized void open(MemorySink sink) {
            unfinished.add(sink);
        }

        synchronized void end(MemorySink sink) {
            unfinished.remove(sink);
        }

        synchronized int removeUnfinished(String prefix, boolean dryRun) {
            List<MemorySink> found = unfinished.stream()
                    .filter(sink -> sink.name.value().startsWith(prefix))
                    .toList();
            if (!dryRun) {
                unfinished.removeAll(found);
            }
            return found.size();
        }
    }
}
