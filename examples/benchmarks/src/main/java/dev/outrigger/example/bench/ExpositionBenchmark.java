package dev.outrigger.example.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.metrics.Exposition;
import dev.outrigger.metrics.ExpositionFormat;
import dev.outrigger.metrics.MetricsCollector;
import dev.outrigger.metrics.NameFilter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A scrape of 100,000 lines out of a host's own source, against the raw floor: the same bytes by the cheapest loop. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ExpositionBenchmark {

    @Param({"whole", "decimal"})
    private String values = "whole";

    private ManySeries series = new ManySeries(true);
    private MetricsCollector collector = MetricsCollector.of("benchmark", List.of());
    private RawExposition raw = new RawExposition(series);

    /** Makes the contestants, and sees to it that they write the same bytes. */
    @Setup
    public void prepare() {
        series = new ManySeries(values.equals("whole"));
        collector = MetricsCollector.of("benchmark", List.of(series.source()));
        raw = new RawExposition(series);
        ByteArrayOutputStream floor = new ByteArrayOutputStream();
        raw.write(piece -> floor.write(piece, 0, raw.length()));
        ByteArrayOutputStream ours = new ByteArrayOutputStream();
        Exposition exposition = exposition();
        while (!exposition.isEnded()) {
            exposition.next().ifPresent(piece -> append(piece, ours));
        }
        // Ours begins with a family of its own, which tells of errors.
        if (!ours.toString(US_ASCII).endsWith("\n" + floor.toString(US_ASCII))) {
            throw new IllegalStateException("the floor writes other bytes than the exposition");
        }
    }

    private static void append(ByteBuffer piece, ByteArrayOutputStream out) {
        while (piece.hasRemaining()) {
            out.write(piece.get());
        }
    }

    private Exposition exposition() {
        return collector.collect().render(ExpositionFormat.TEXT_0_0_4, NameFilter.everything());
    }

    /** Collects and renders all series. */
    @Benchmark
    public void outrigger(Blackhole reader) {
        series.move();
        Exposition exposition = exposition();
        while (!exposition.isEnded()) {
            exposition.next().ifPresent(reader::consume);
        }
    }

    /** Copies what lies ready, and formats the values. */
    @Benchmark
    public int rawFloor(Blackhole reader) {
        series.move();
        return raw.write(reader::consume);
    }
}
