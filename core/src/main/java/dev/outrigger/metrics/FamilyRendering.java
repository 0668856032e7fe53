package dev.outrigger.metrics;

import org.jspecify.annotations.Nullable;

/** Writes one family, part by part and sample by sample, and keeps its failures to itself. */
final class FamilyRendering {

    private final CollectedFamily collected;
    private final ExpositionWriter writer;
    private final Utf8Buffer out;
    private final ScrapeErrors errors;
    /** The suffixes, as bits, that no part so far was for. */
    private int left;

    private int offered;
    private @Nullable SampleCursor cursor;

    FamilyRendering(
            CollectedFamily collected, int wanted, ExpositionWriter writer, Utf8Buffer out, ScrapeErrors errors) {
        this.collected = collected;
        this.writer = writer;
        this.out = out;
        this.errors = errors;
        this.left = wanted;
        writer.takeOffered();
        writer.takeRefused();
        beginPart(writer.firstPart(collected.head().type(), wanted));
    }

    private void beginPart(int suffixes) {
        left &= ~suffixes;
        writer.begin(collected.head(), suffixes);
        cursor = null;
    }

    /**
     * Writes the next sample.
     *
     * @return {@code false} after the last
     */
    boolean writeNext() {
        int size = out.size();
        boolean headed = writer.isHeaded();
        try {
            SampleCursor samples = cursor == null ? collected.family().samples() : cursor;
            cursor = samples;
            return samples.writeNext(writer) || nextPart();
        } catch (Throwable e) { // A host's code, and any error of it (a class not found, say) is that family's alone.
            writer.rollBack(size, headed);
            errors.failed(failure(), e);
            return false;
        }
    }

    /** Goes on with one more suffix that some sample had, and that the format writes as a family of its own. */
    private boolean nextPart() {
        offered |= writer.takeOffered();
        int next = Integer.lowestOneBit(left & offered);
        if (next != 0) {
            beginPart(next);
            return true;
        }
        int refused = writer.takeRefused();
        if (refused == 0) {
            errors.passed(failure());
        } else {
            errors.failed(failure(), new RefusedSamples(refused));
        }
        return false;
    }

    private ScrapeErrors.Failure failure() {
        return new ScrapeErrors.Failure(
                ScrapeErrors.Stage.RENDER,
                collected.source(),
                collected.head().name().base());
    }
}
