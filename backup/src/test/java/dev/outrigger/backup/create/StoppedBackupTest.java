package dev.outrigger.backup.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.JobStoppedException.Reason;
import dev.outrigger.backup.location.StoreTraits;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is stopped each time it asks whether to go on. */
class StoppedBackupTest {

    @TempDir
    Path directory;

    private BackupBench bench() throws IOException {
        return new BackupBench(Files.createTempDirectory(directory, "bench"));
    }

    private static BackupAttempt attempt(BackupBench bench, RecordingControl control, int parallelShards) {
        return new BackupAttempt(
                BackupBench.site(bench.tables, parallelShards, "boot-1"),
                bench.order(),
                bench.place.elsewhere(),
                new StoreTraits(true, true),
                "job-1",
                control);
    }

    private int checks() throws Exception {
        RecordingControl control = new RecordingControl();
        attempt(bench(), control, 1).run();
        return control.checks();
    }

    @Test
    void aCanceledBackupLeavesNothing() throws Exception {
        int checks = checks();
        for (int parallelShards = 1; parallelShards <= 2; parallelShards++) {
            for (int at = 1; at <= checks; at++) {
                BackupBench bench = bench();
                RecordingControl control = new RecordingControl(at, Reason.CANCELED);
                assertThatThrownBy(attempt(bench, control, parallelShards)::run)
                        .as("check %d, %d shards at once", at, parallelShards)
                        .isInstanceOfSatisfying(
                                JobStoppedException.class,
                                e -> assertThat(e.reason()).isEqualTo(Reason.CANCELED));
                bench.assertNothing("canceled at check " + at);
                assertThat(bench.tables.leftovers()).isEmpty();
            }
        }
    }

    @Test
    void aBackupWhoseProcessClosesGoesOnAfterwards() throws Exception {
        int checks = checks();
        for (int at = 1; at <= checks; at++) {
            BackupBench bench = bench();
            assertThatThrownBy(attempt(bench, new RecordingControl(at, Reason.CLOSING), 1)::run)
                    .isInstanceOf(JobStoppedException.class);
            assertThat(bench.backup.isClaimed()).isTrue();
            assertThat(bench.tables.leftovers()).isEmpty();
            attempt(bench, new RecordingControl(), 1).run();
            bench.assertWholeAndAlone("closed at check " + at);
        }
    }

    @Test
    void aBackupThatWentOnIsStillCanceledWithoutATrace() throws Exception {
        int checks = checks();
        for (int at = 2; at <= checks; at += 3) {
            BackupBench bench = bench();
            assertThatThrownBy(attempt(bench, new RecordingControl(checks, Reason.CLOSING), 1)::run)
                    .isInstanceOf(JobStoppedException.class);
            try {
                attempt(bench, new RecordingControl(at, Reason.CANCELED), 1).run();
            } catch (JobStoppedException e) {
                bench.assertNothing("canceled at check " + at);
                continue;
            }
            bench.assertWholeAndAlone("not asked a " + at + ". time");
        }
    }

    @Test
    void aCancelThatComesAfterTheCommitIsTooLate() throws Exception {
        BackupBench bench = bench();
        attempt(bench, new RecordingControl(), 1).run();
        assertThat(attempt(bench, new RecordingControl(1, Reason.CANCELED), 1)
                        .run()
                        .status())
                .isEqualTo("completed");
        bench.assertWholeAndAlone("canceled too late");
    }

    @Test
    void anInterruptFailsNoTable() throws Exception {
        BackupBench bench = bench();
        RecordingControl control = new RecordingControl() {
            @Override
            public synchronized void phase(String name, long totalBytes, int totalShards) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(attempt(bench, control, 1)::run).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(bench.backup.manifest()).isEmpty();
        bench.process(Fate.uneventful()).run();
        bench.assertWholeAndAlone("interrupted before");
    }
}
