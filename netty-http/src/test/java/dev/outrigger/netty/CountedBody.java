package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.outrigger.http.BodyStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A body that counts how often it is asked, and remembers who closed it. */
final class CountedBody implements BodyStream {

    private final AtomicInteger asked = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> closedBy = new ConcurrentLinkedQueue<>();
    private final Callable<Optional<String>> pieces;

    private CountedBody(Callable<Optional<String>> pieces) {
        this.pieces = pieces;
    }

    static CountedBody of(String... pieces) {
        AtomicInteger next = new AtomicInteger();
        return new CountedBody(
                () -> next.get() < pieces.length ? Optional.of(pieces[next.getAndIncrement()]) : Optional.empty());
    }

    static CountedBody endless(int pieceBytes) {
        String piece = "x".repeat(pieceBytes);
        return new CountedBody(() -> Optional.of(piece));
    }

    /** Makes some pieces, then throws. */
    static CountedBody failingAfter(int count, Throwable failure) {
        AtomicInteger left = new AtomicInteger(count);
        return new CountedBody(() -> {
            if (left.getAndDecrement() > 0) {
                return Optional.of("piece");
            }
            throw CountedBody.<RuntimeException>sneaky(failure);
        });
    }

    /** Asks for each piece. */
    static CountedBody from(Callable<Optional<String>> pieces) {
        return new CountedBody(pieces);
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public Optional<ByteBuffer> next() throws Exception {
        asked.incrementAndGet();
        return pieces.call().map(text -> ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    @Override
    public void close() {
        closedBy.add(Thread.currentThread().getName());
    }

    int asked() {
        return asked.get();
    }

    /** Waits until the client takes nothing more, so that the body is not asked any more. */
    void awaitStall() {
        AtomicInteger before = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(250)).until(() -> {
            int now = asked.get();
            return now > 3 && now == before.getAndSet(now);
        });
    }

    /** The names of the threads that closed it, one an entry. */
    List<String> closedBy() {
        return List.copyOf(closedBy);
    }
}
