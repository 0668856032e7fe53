package dev.outrigger.metrics;

import java.util.function.Consumer;

/** Walks over the samples of a family that writes them all at once, because there are few. */
final class SingleCursor implements SampleCursor {

    private final Consumer<SampleWriter> samples;
    private boolean written;

    private SingleCursor(Consumer<SampleWriter> samples) {
        this.samples = samples;
    }

    static SampleCursor of(Consumer<SampleWriter> samples) {
        return new SingleCursor(samples);
    }

    @Override
    public boolean writeNext(SampleWriter out) {
        if (written) {
            return false;
        }
        written = true;
        samples.accept(out);
        return true;
    }
}
