package dev.outrigger.backup;

import dev.outrigger.backup.job.JobControl;

/** Stands for a job where there is none: what a request does itself, and does quickly. */
final class QuietControl implements JobControl {

    @Override
    public void phase(String name, long totalBytes, int totalShards) {}

    @Override
    public void moved(long bytes) {}

    @Override
    public void shardDone() {}

    @Override
    public void log(String line) {}

    @Override
    public void check() {}
}
