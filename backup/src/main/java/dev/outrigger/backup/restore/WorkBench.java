package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.JobStoppedException.Reason;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a member of a cluster is doing for restores at the moment: one thing at a time for each table. What fails is begun again later.
 * Safe for use by many threads.
 */
final class WorkBench {

    private static final Logger LOG = LoggerFactory.getLogger(WorkBench.class);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final Threads threads;
    private final InstantSource clock;
    private final LongConsumer moved;
    private final Map<Place, Work> busy = new HashMap<>(); // guarded by this
    private final Map<Place, Setback> setbacks = new HashMap<>(); // guarded by this
    private final Set<Finished> finished = new HashSet<>(); // guarded by this

    /**
     * Makes it.
     *
     * @param moved is told of all bytes that are fetched
     */
    WorkBench(Threads threads, InstantSource clock, LongConsumer moved) {
        this.threads = requireNonNull(threads, "threads");
        this.clock = requireNonNull(clock, "clock");
        this.moved = requireNonNull(moved, "moved");
    }

    /**
     * On which threads work is done; both may refuse once the node closes.
     *
     * @param staging fetches shards, of one table at a time
     * @param others does the rest, for all tables at once: on what the host does for one, that for another may depend
     */
    record Threads(Executor staging, Executor others) {}

    /** A table of a restore. */
    record Place(RestoreId restore, TableName table) {}

    /** What is done for it. */
    enum Kind {
        STAGE,
        SWAP,
        ABORT
    }

    private record Finished(Place place, Kind kind) {}

    private record Setback(int times, Instant next) {}

    /** Does something for a table. */
    @FunctionalInterface
    interface Errand {

        /**
         * Does it.
         *
         * @throws JobStoppedException if it was told to stop
         * @throws Exception if it is to be tried again later
         */
        void run(JobControl control) throws Exception;
    }

    /** Begins something, unless something is being done for that table, or it was tried a moment ago. */
    void begin(Place place, Kind kind, Errand errand) {
        Work work = new Work(place, kind, errand);
        synchronized (this) {
            Setback setback = setbacks.get(place);
            if (busy.containsKey(place) || (setback != null && setback.next().isAfter(clock.instant()))) {
                return;
            }
            busy.put(place, work);
        }
        try {
            (kind == Kind.STAGE ? threads.staging() : threads.others()).execute(work);
        } catch (RejectedExecutionException e) {
            end(work, false); // The node closes.
        }
    }

    /** Tells whether something was done to its end, since the process began. */
    synchronized boolean hasFinished(Place place, Kind kind) {
        return finished.contains(new Finished(place, kind));
    }

    /** Ends what is being staged for tables that are not wanted any more. */
    synchronized void stopUnless(Predicate<Place> wanted) {
        busy.values().stream()
                .filter(work -> work.kind == Kind.STAGE && !wanted.test(work.place))
                .forEach(Work::stop);
    }

    /** Ends everything that can be ended. */
    synchronized void stop() {
        busy.values().forEach(Work::stop);
    }

    /** Tells whether anything is being done for a restore that is none of these. */
    synchronized boolean isBusyBeside(Set<RestoreId> restores) {
        return busy.keySet().stream().anyMatch(place -> !restores.contains(place.restore()));
    }

    /** Forgets what was done for restores that are none of these. */
    synchronized void forgetBeside(Set<RestoreId> restores) {
        finished.removeIf(done -> !restores.contains(done.place().restore()));
        setbacks.keySet().removeIf(place -> !restores.contains(place.restore()));
    }

    private synchronized void end(Work work, boolean done) {
        busy.remove(work.place);
        if (done) {
            finished.add(new Finished(work.place, work.kind));
            setbacks.remove(work.place);
        }
    }

    private synchronized void setBack(Place place) {
        int times = setbacks.containsKey(place) ? setbacks.get(place).times() + 1 : 1;
        Duration wait = Duration.ofSeconds(Math.min(LONGEST_WAIT.toSeconds(), (long) times * times));
        setbacks.put(place, new Setback(times, clock.instant().plus(wait)));
    }

    private final class Work implements Runnable, JobControl {

        private final Place place;
        private final Kind kind;
        private final Errand errand;
        private volatile boolean stopped;

        private Work(Place place, Kind kind, Errand errand) {
            this.place = place;
            this.kind = kind;
            this.errand = errand;
        }

        private void stop() {
            stopped = true;
        }

        @Override
        public void run() {
            boolean done = false;
            try {
                check();
                errand.run(this);
                done = true;
            } catch (JobStoppedException e) {
                LOG.debug("Restore {}: {} of {} was ended", place.restore(), kind, place.table());
            } catch (Exception e) { // The host's code, the store's, the plans': whatever it is, it is tried again.
                Thread.interrupted();
                setBack(place);
                LOG.warn("Restore {}: {} of {} failed, and is tried again", place.restore(), kind, place.table(), e);
            } finally {
                end(this, done);
            }
        }

        @Override
        public void phase(String name, long totalBytes, int totalShards) {
            LOG.debug("Restore {}: {}, {} shards, {} bytes", place.restore(), name, totalShards, totalBytes);
        }

        @Override
        public void moved(long bytes) {
            moved.accept(bytes);
        }

        @Override
        public void shardDone() {}

        @Override
        public void log(String line) {
            LOG.info("Restore {}: {}", place.restore(), line);
        }

        @Override
        public void check() {
            if (stopped) {
                throw new JobStoppedException(Reason.CLOSING);
            }
        }
    }
}
