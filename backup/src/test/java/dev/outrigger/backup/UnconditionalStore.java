package dev.outrigger.backup;

import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectSink;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.location.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** A store that says of itself that it honours no conditional write. */
record UnconditionalStore(MemoryStore store) implements ObjectStore {

    @Override
    public ObjectSink create(ObjectName name) throws IOException {
        return store.create(name);
    }

    @Override
    public StoredObject putIfAbsent(ObjectName name, byte[] content) throws IOException {
        return store.putIfAbsent(name, content);
    }

    @Override
    public StoredObject replace(ObjectName name, byte[] content) throws IOException {
        return store.replace(name, content);
    }

    @Override
    public Optional<StoredObject> stat(ObjectName name) throws IOException {
        return store.stat(name);
    }

    @Override
    public Optional<InputStream> read(ObjectName name) throws IOException {
        return store.read(name);
    }

    @Override
    public List<StoredObject> list(String prefix, String after, int limit) throws IOException {
        return store.list(prefix, after, limit);
    }

    @Override
    public void delete(ObjectName name) throws IOException {
        store.delete(name);
    }

    @Override
    public int removeUnfinished(String prefix, boolean dryRun) throws IOException {
        return store.removeUnfinished(prefix, dryRun);
    }

    @Override
    public StoreTraits probe(String owner) {
        return new StoreTraits(false, true);
    }

    @Override
    public void close() {}
}
