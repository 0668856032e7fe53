package dev.outrigger.example.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.outrigger.health.HealthMonitor;
import dev.outrigger.http.BodyStream;
import dev.outrigger.http.Handler;
import dev.outrigger.http.LaterResponse;
import dev.outrigger.http.StreamResponse;
import dev.outrigger.ops.HealthRoutes;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * {@code /health} of a node with 65,536 shards, from the provider to the last byte, against jackson-core writing the same array
 * straight into a buffer that is kept.
 *
 * <p>The route renders at most once a second, so each measurement is a single call, and a second after the one before it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 12)
@Measurement(iterations = 10)
public class ShardArrayBenchmark {

    private static final long A_LITTLE_MORE_THAN_A_SECOND = TimeUnit.MILLISECONDS.toNanos(1050);
    private static final SerializedString ID = new SerializedString("id");
    private static final SerializedString STATUS = new SerializedString("status");
    private static final SerializedString IS_LEADER = new SerializedString("is_leader");
    private static final SerializedString RAFT_TERM = new SerializedString("raft_term");
    private static final SerializedString COMMIT_INDEX = new SerializedString("commit_index");
    private static final SerializedString LAST_APPLIED = new SerializedString("last_applied");

    private final MovingShards shards = new MovingShards();
    private final QueuedLoop loop = new QueuedLoop();
    private final Handler health = handler(shards, loop);
    private final JsonFactory jackson = new JsonFactory();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(8 << 20);

    private static Handler handler(MovingShards shards, QueuedLoop loop) {
        HealthMonitor monitor = HealthMonitor.builder().shards(shards).build();
        return HealthRoutes.of("node-1", monitor, Runnable::run, loop).routes().stream()
                .filter(route -> route.path().toString().equals("/health"))
                .findFirst()
                .orElseThrow()
                .handler();
    }

    /** Waits until the route will render again, whichever contestant is measured. */
    @Setup(Level.Iteration)
    public void pause() {
        long end = System.nanoTime() + A_LITTLE_MORE_THAN_A_SECOND;
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Asks the route, and reads its body to the end. */
    @Benchmark
    public int outrigger() throws Exception {
        LaterResponse later = (LaterResponse) health.handle(new PlainGet("/health"));
        loop.turn();
        StreamResponse response =
                (StreamResponse) later.stage().toCompletableFuture().join();
        int bytes = 0;
        try (BodyStream body = response.body()) {
            for (Optional<ByteBuffer> piece = body.next(); piece.isPresent(); piece = body.next()) {
                bytes += piece.get().remaining();
            }
        }
        return bytes;
    }

    /** Writes the array with the library's generator, names encoded beforehand. */
    @Benchmark
    public int jacksonCore() throws IOException {
        buffer.reset();
        try (JsonGenerator json = jackson.createGenerator(buffer)) {
            json.writeStartArray();
            shards.visitShards((id, status, leadership, term, commitIndex, lastApplied) -> {
                write(json, id, status, leadership, term, commitIndex, lastApplied);
                return true;
            });
            json.writeEndArray();
        }
        return buffer.size();
    }

    private static void write(
            JsonGenerator json,
            int id,
            ShardStatus status,
            Leadership leadership,
            long term,
            long commitIndex,
            long lastApplied) {
        try {
            json.writeStartObject();
            json.writeFieldName(ID);
            json.writeNumber(id);
            json.writeFieldName(STATUS);
            json.writeString(status.word());
            json.writeFieldName(IS_LEADER);
            json.writeBoolean(leadership == Leadership.LOCAL);
            json.writeFieldName(RAFT_TERM);
            json.writeNumber(term);
            json.writeFieldName(COMMIT_INDEX);
            json.writeNumber(commitIndex);
            json.writeFieldName(LAST_APPLIED);
            json.writeNumber(lastApplied);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
