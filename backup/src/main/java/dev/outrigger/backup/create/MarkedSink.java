package dev.outrigger.backup.create;

import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.ObjectSink;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.location.StoredObject;
import java.io.IOException;

/** An object that is being written, whose failures can be told from those of the files that are read meanwhile. */
final class MarkedSink extends ObjectSink {

    private final ObjectSink sink;

    private MarkedSink(ObjectSink sink) {
        this.sink = sink;
    }

    static MarkedSink create(ObjectStore store, ObjectName name) throws StoreFailedException {
        try {
            return new MarkedSink(store.create(name));
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws StoreFailedException {
        marking(() -> sink.write(bytes, offset, length));
    }

    @Override
    public void flush() throws StoreFailedException {
        marking(sink::flush);
    }

    @Override
    public StoredObject commit() throws StoreFailedException {
        try {
            return sink.commit();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    @Override
    public void close() throws StoreFailedException {
        marking(sink::close);
    }

    private static void marking(Step step) throws StoreFailedException {
        try {
            step.take();
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
    }

    @FunctionalInterface
    private interface Step {

        void take() throws IOException;
    }
}
