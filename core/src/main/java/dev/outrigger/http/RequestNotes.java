package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about, as its handler writes it down for the access log and the audit log: the words of the contract, each
 * at most once, and nothing secret. What is not written down is left out of the log.
 *
 * <p>Not thread-safe: the thread that has the request has its notes, until the answer is out.
 */
public final class RequestNotes {

    private @Nullable String table;
    private @Nullable String operation;
    private @Nullable String backend;
    private @Nullable String cache;
    private long rows = -1;

    /** Makes notes without a word in them. */
    public RequestNotes() {}

    /** Notes which table the request concerns. */
    public RequestNotes table(String name) {
        this.table = requireNonNull(name, "table");
        return this;
    }

    /** Notes what is done, such as {@code scan}. */
    public RequestNotes operation(String name) {
        this.operation = requireNonNull(name, "operation");
        return this;
    }

    /** Notes what serves the request, such as the name of an engine or a bucket. */
    public RequestNotes backend(String name) {
        this.backend = requireNonNull(name, "backend");
        return this;
    }

    /** Notes whether the answer came out of a cache. */
    public RequestNotes cacheHit(boolean hit) {
        this.cache = hit ? "hit" : "miss";
        return this;
    }

    /**
     * Notes how many rows were read or written.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public RequestNotes rows(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("rows: " + count + " (expected: >= 0)");
        }
        this.rows = count;
        return this;
    }

    /** The table, if noted. */
    public Optional<String> table() {
        return Optional.ofNullable(table);
    }

    /** The operation, if noted. */
    public Optional<String> operation() {
        return Optional.ofNullable(operation);
    }

    /** What serves the request, if noted. */
    public Optional<String> backend() {
        return Optional.ofNullable(backend);
    }

    /** {@code hit} or {@code miss}, if noted. */
    public Optional<String> cache() {
        return Optional.ofNullable(cache);
    }

    /** How many rows, if noted. */
    public OptionalLong rows() {
        return rows < 0 ? OptionalLong.empty() : OptionalLong.of(rows);
    }
}
