package dev.outrigger.backup;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a job told, and stops it when asked for the n-th time whether to go on. */
public class RecordingControl implements JobControl {

    private final int stopAt;
    private final JobStoppedException stop; // one for all threads, as a host may have it

    private final List<String> told = new ArrayList<>(); // guarded by this
    private long bytes; // guarded by this
    private int shards; // guarded by this
    private int checks; // guarded by this

    /** Stops nothing. */
    public RecordingControl() {
        this(Integer.MAX_VALUE, JobStoppedException.Reason.CANCELED);
    }

    /** Stops the job at one check and at all that follow. */
    public RecordingControl(int stopAt, JobStoppedException.Reason reason) {
        this.stopAt = stopAt;
        this.stop = new JobStoppedException(reason);
    }

    @Override
    public synchronized void phase(String name, long totalBytes, int totalShards) {
        told.add(name + ": " + totalBytes + " bytes, " + totalShards + " shards");
    }

    @Override
    public synchronized void moved(long more) {
        bytes += more;
    }

    @Override
    public synchronized void shardDone() {
        shards++;
    }

    @Override
    public synchronized void log(String line) {
        told.add(line);
    }

    @Override
    public synchronized void check() {
        if (++checks >= stopAt) {
            throw stop;
        }
    }

    /** Phases and lines, in their order. */
    public synchronized List<String> told() {
        return List.copyOf(told);
    }

    /** All bytes that were moved, in any phase. */
    public synchronized long bytes() {
        return bytes;
    }

    /** All shards that were done, in any phase. */
    public synchronized int shards() {
        return shards;
    }

    /** How often the job asked. */
    public synchronized int checks() {
        return checks;
    }
}
