package dev.outrigger.backup.location;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An object that is being written into a bucket. Up to 8 MiB it is one request, which commits; beyond, each part is sent as soon as more
 * follows, by the thread that writes. Holds the bytes of one part. Whatever fails once fails the object for good.
 */
final class S3Sink extends ObjectSink {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.backup");

    private enum State {
        WRITING,
        COMMITTED,
        FAILED
    }

    private final S3Store store;
    private final S3Place place;
    private final ObjectName name;
    private final String token = S3Writes.newToken();
    private final PartBuffer buffer = new PartBuffer();

    private Optional<S3Upload> upload = Optional.empty();
    private long bytes;
    private State state = State.WRITING;

    S3Sink(S3Store store, S3Place place, ObjectName name) {
        this.store = store;
        this.place = place;
        this.name = name;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, source.length);
        begin();
        int taken = append(source, offset, length);
        while (taken < length) {
            sendPart();
            taken += append(source, offset + taken, length - taken);
        }
        bytes += length;
        state = State.WRITING;
    }

    private int append(byte[] source, int offset, int length) {
        int next = upload.map(S3Upload::nextPart).orElse(1);
        return buffer.append(source, offset, length, PartSize.of(next));
    }

    private void sendPart() throws IOException {
        if (upload.isEmpty()) {
            upload = Optional.of(S3Upload.begin(place, name, token));
        }
        upload.get().add(buffer);
        buffer.clear();
    }

    @Override
    public StoredObject commit() throws IOException {
        begin();
        StoredObject object = upload.isPresent() ? complete(upload.get()) : store.putIfAbsent(name, buffer);
        state = State.COMMITTED;
        return object;
    }

    private StoredObject complete(S3Upload parts) throws IOException {
        if (buffer.length() > 0) {
            sendPart();
        }
        // Some stores ignore the condition when an upload is completed, and would replace what is there.
        if (store.stat(name).isPresent()) {
            throw new ObjectExistsException(name);
        }
        StoredObject object = new S3Writes(place).commit(new S3Writes.Write(name, token, bytes), parts::complete);
        try {
            parts.removeTwin();
        } catch (IOException e) { // The object is whole, and what may be left is found by its name.
            LOG.warn("An upload may be left open besides {} at {}", name, place.location(), e);
        }
        return object;
    }

    /** Counts as failed until it has not. */
    private void begin() throws IOException {
        if (state != State.WRITING) {
            throw new IOException("object: " + name + " is " + state + " (expected: WRITING)");
        }
        state = State.FAILED;
    }

    /** Aborts what was not committed, in an interrupted thread too: what stays has to be paid for. */
    @Override
    public void close() throws IOException {
        boolean left = state != State.COMMITTED && upload.isPresent();
        state = state == State.WRITING ? State.FAILED : state;
        if (left) {
            boolean interrupted = Thread.interrupted();
            try {
                upload.get().abort();
                upload = Optional.empty();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
