package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What an {@link Engine} has to know before it starts. Immutable. */
public final class EngineSettings {

    private static final int MAX_SHARDS = 64;
    private static final long MIN_SEGMENT_BYTES = 64L << 10;

    private final MemberAddress self;
    private final List<MemberAddress> members;
    private final Path directory;
    private final boolean joining;
    private final int shards;
    private final Duration electionTimeout;
    private final Duration callTimeout;
    private final long snapshotThreshold;
    private final long segmentBytes;

    private EngineSettings(Builder builder) {
        this.self = builder.self;
        this.members = builder.members;
        this.directory = builder.directory;
        this.joining = builder.joining;
        this.shards = builder.shards;
        this.electionTimeout = builder.electionTimeout;
        this.callTimeout = builder.callTimeout;
        this.snapshotThreshold = builder.snapshotThreshold;
        this.segmentBytes = builder.segmentBytes;
    }

    /**
     * Begins with what has no default.
     *
     * @param self this node; also where its Raft server binds
     * @param members those that the cluster begins with, or, where the node joins one that runs, those to ask; with or without this node
     * @param directory where the node's data lies, locked by the caller for as long as the engine is open
     */
    public static Builder builder(MemberAddress self, List<MemberAddress> members, Path directory) {
        return new Builder(self, members, directory);
    }

    MemberAddress self() {
        return self;
    }

    List<MemberAddress> members() {
        return members;
    }

    Path directory() {
        return directory;
    }

    boolean joining() {
        return joining;
    }

    int shards() {
        return shards;
    }

    Duration electionTimeout() {
        return electionTimeout;
    }

    Duration callTimeout() {
        return callTimeout;
    }

    long snapshotThreshold() {
        return snapshotThreshold;
    }

    long segmentBytes() {
        return segmentBytes;
    }

    /** Collects settings. Not safe for use by several threads. */
    public static final class Builder {

        private final MemberAddress self;
        private final List<MemberAddress> members;
        private final Path directory;
        private boolean joining;
        private int shards = 4;
        private Duration electionTimeout = Duration.ofMillis(400);
        private Duration callTimeout = Duration.ofSeconds(10);
        private long snapshotThreshold = 20_000;
        private long segmentBytes = 8L << 20;

        private Builder(MemberAddress self, List<MemberAddress> members, Path directory) {
            this.self = requireNonNull(self, "self");
            this.members = List.copyOf(members);
            this.directory = requireNonNull(directory, "directory");
        }

        /**
         * Says whether the node asks a running cluster to let it in. It means nothing where the data directory tells that it was in
         * already. Default: no.
         */
        public Builder joining(boolean value) {
            joining = value;
            return this;
        }

        /**
         * Sets how many shards there are: the same on all nodes, for ever. Default: 4.
         *
         * @throws IllegalArgumentException if it is no power of two from 1 to 64
         */
        public Builder shards(int value) {
            if (value < 1 || value > MAX_SHARDS || Integer.bitCount(value) != 1) {
                throw new IllegalArgumentException(
                        "shards: " + value + " (expected: a power of two, 1 to " + MAX_SHARDS + ")");
            }
            shards = value;
            return this;
        }

        /**
         * Sets for how long nothing must be heard of a leader before another is elected; each election draws a time from this to twice
         * as long. Default: 400 ms.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder electionTimeout(Duration value) {
            electionTimeout = positive("electionTimeout", value);
            return this;
        }

        /**
         * Sets how long a call may take, whatever it waits for. Default: 10 s.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder callTimeout(Duration value) {
            callTimeout = positive("callTimeout", value);
            return this;
        }

        /**
         * Sets after how many entries of a group's log a snapshot is taken, so that the log before it can go. Default: 20,000.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder snapshotThreshold(long value) {
            if (value < 1) {
                throw new IllegalArgumentException("snapshotThreshold: " + value + " (expected: > 0)");
            }
            snapshotThreshold = value;
            return this;
        }

        /**
         * Sets how long a file of a group's log may become: what a snapshot covers is removed file by file. Default: 8 MiB.
         *
         * @throws IllegalArgumentException if it is below 64 KiB
         */
        public Builder segmentBytes(long value) {
            if (value < MIN_SEGMENT_BYTES) {
                throw new IllegalArgumentException(
                        "segmentBytes: " + value + " (expected: >= " + MIN_SEGMENT_BYTES + ")");
            }
            segmentBytes = value;
            return this;
        }

        public EngineSettings build() {
            return new EngineSettings(this);
        }

        private static Duration positive(String name, Duration value) {
            if (value.isZero() || value.isNegative()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
            }
            return value;
        }
    }
}
