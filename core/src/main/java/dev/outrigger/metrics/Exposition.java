package dev.outrigger.metrics;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One scrape being written, a piece at a time: what is pending when its reader is slow is one piece, whatever the
 * number of series.
 *
 * <p>For one thread at a time. A family whose cursor throws ends there, after its last whole sample, and is counted;
 * one that throws at its first sample leaves no trace. Either way what is written is a valid exposition.
 */
public final class Exposition {

    /** A piece ends with the sample that makes it this long, so it is little longer than this. */
    private static final int PIECE_BYTES = 32 * 1024;

    private static final int BUFFER_BYTES = PIECE_BYTES + 4 * 1024;

    private final Utf8Buffer out = new Utf8Buffer(BUFFER_BYTES);
    private final int pieceBytes;
    private final ExpositionWriter writer;
    private final ExpositionFormat format;
    private final NameFilter filter;
    private final ScrapeErrors errors;
    private final Queue<CollectedFamily> left;
    private @Nullable FamilyRendering current;
    private boolean ended;

    Exposition(ExpositionFormat format, NameFilter filter, List<CollectedFamily> families, ScrapeErrors errors) {
        this(format, filter, families, errors, PIECE_BYTES);
    }

    Exposition(
            ExpositionFormat format,
            NameFilter filter,
            List<CollectedFamily> families,
            ScrapeErrors errors,
            int pieceBytes) {
        this.pieceBytes = pieceBytes;
        this.format = requireNonNull(format, "format");
        this.filter = requireNonNull(filter, "filter");
        this.errors = errors;
        this.writer = format.writer(out);
        // A copy of its own, so that a family is garbage once it has been written, however slow the reader is.
        this.left = new ArrayDeque<>(families);
    }

    /** Returns the format that is being written. */
    public ExpositionFormat format() {
        return format;
    }

    /**
     * Writes the next piece, of about 32 KiB unless it is the last.
     *
     * @return the piece, valid until the next call, or nothing after the last
     */
    public Optional<ByteBuffer> next() {
        out.truncate(0);
        writer.flushed();
        while (out.size() < pieceBytes && !ended) {
            step();
        }
        return out.size() == 0 ? Optional.empty() : Optional.of(out.view());
    }

    /** Tells whether the piece returned last is the last one. */
    public boolean isEnded() {
        return ended;
    }

    private void step() {
        FamilyRendering rendering = current;
        if (rendering != null) {
            if (!rendering.writeNext()) {
                current = null;
            }
            return;
        }
        CollectedFamily next = left.poll();
        if (next == null) {
            writer.end();
            ended = true;
        } else {
            int wanted = filter.suffixesOf(next.head());
            current = wanted == 0 ? null : new FamilyRendering(next, wanted, writer, out, errors);
        }
    }
}
