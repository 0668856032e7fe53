package dev.outrigger.backup.location;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** An object that is being written into a directory. Whatever fails once fails the object for good. */
final class DirectorySink extends ObjectSink {

    private enum State {
        WRITING,
        COMMITTED,
        FAILED
    }

    private final ObjectName name;
    private final Location location;
    private final Path target;
    private final TemporaryFile file;

    private State state = State.WRITING;

    DirectorySink(ObjectName name, Location location, Path target, TemporaryFile file) {
        this.name = name;
        this.location = location;
        this.target = target;
        this.file = file;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        begin();
        try {
            file.write(bytes, offset, length);
        } catch (IOException e) {
            throw DiskErrors.translated(e, location);
        }
        state = State.WRITING;
    }

    @Override
    public StoredObject commit() throws IOException {
        begin();
        try {
            file.force();
            if (!file.linkAs(target)) {
                throw new ObjectExistsException(name);
            }
        } catch (IOException e) {
            throw DiskErrors.translated(e, location);
        }
        StoredObject object = FileFacts.of(target)
                .orElseThrow(() -> new IOException("object: " + name + " is gone already (expected: to stay)"))
                .named(name);
        state = State.COMMITTED;
        return object;
    }

    /** Counts as failed until it has not. */
    private void begin() throws IOException {
        if (state != State.WRITING) {
            throw new IOException("object: " + name + " is " + state + " (expected: WRITING)");
        }
        state = State.FAILED;
    }

    @Override
    public void close() throws IOException {
        if (state == State.WRITING) {
            state = State.FAILED;
        }
        file.close();
    }
}
