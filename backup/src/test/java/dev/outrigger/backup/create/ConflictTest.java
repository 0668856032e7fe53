package dev.outrigger.backup.create;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.StoredBackup;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoreTraits;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Manifest;
import dev.outrigger.backup.manifest.ManifestCodec;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.manifest.ManifestStatus;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup finds at its location is another's. */
class ConflictTest {

    private static final ObjectName MANIFEST = new ObjectName("b1-cluster-metadata.json");

    @TempDir
    Path directory;

    private BackupBench bench;

    @BeforeEach
    void bench() throws IOException {
        bench = new BackupBench(directory);
    }

    private BackupOrder otherOrder() {
        return new BackupOrder(new BackupId("b1"), "memory", List.of(), "another", Instant.EPOCH);
    }

    private BackupAttempt other(Fate fate) {
        return bench.process(fate, otherOrder(), new RecordingControl());
    }

    private void tombstone(ManifestStatus status) throws Exception {
        Manifest manifest = bench.backup.manifest().orElseThrow();
        bench.place.replace(MANIFEST, new ManifestCodec(ManifestSignature.NONE).encode(manifest.withStatus(status)));
    }

    @Test
    void anIdThatIsThereIsTaken() throws Exception {
        bench.process(Fate.uneventful()).run();
        assertThatThrownBy(other(Fate.uneventful())::run)
                .isInstanceOf(BackupConflictException.class)
                .hasMessage("backup_id: 'b1' (expected: one that is not there; it is a backup of"
                        + " 2026-11-01T02:03:04.567Z)");
        bench.assertWholeAndAlone("after a conflict");
    }

    @Test
    void anIdThatIsBeingWrittenIsTakenAtEachStep() throws Exception {
        for (int after = 2; after < 30; after += 3) {
            bench = new BackupBench(directory.resolve("after-" + after));
            int steps = after;
            assertThatThrownBy(() -> bench.process(Fate.deathAfter(steps)).run())
                    .isInstanceOf(Fate.Died.class);
            Set<String> names = bench.backup.names();
            assertThatThrownBy(other(Fate.uneventful())::run)
                    .isInstanceOf(BackupConflictException.class)
                    .hasMessage("backup_id: 'b1' (expected: one that is not being written)");
            other(Fate.uneventful()).giveUp();
            assertThat(bench.backup.names()).isEqualTo(names);
        }
    }

    @Test
    void whatIsBeingDeletedIsNoBackupForItsOwnWriterEither() throws Exception {
        bench.process(Fate.uneventful()).run();
        tombstone(ManifestStatus.DELETING);
        Set<String> names = bench.backup.names();
        assertThatThrownBy(bench.process(Fate.uneventful())::run)
                .isInstanceOf(BackupConflictException.class)
                .hasMessage("backup_id: 'b1' (expected: one that is not there; it is being deleted)");
        assertThat(bench.backup.names()).isEqualTo(names);
    }

    @Test
    void whatWasGivenUpIsLetGoOfByAWriterThatWakesUp() throws Exception {
        byte[] aborted = aborted();
        int steps = steps();
        for (int after = 2; after < steps - 3; after++) {
            bench = new BackupBench(directory.resolve("after-" + after));
            int dead = after;
            assertThatThrownBy(() -> bench.process(Fate.deathAfter(dead)).run()).isInstanceOf(Fate.Died.class);
            bench.place.putIfAbsent(MANIFEST, aborted);
            assertThatThrownBy(bench.process(Fate.uneventful())::run)
                    .isInstanceOf(BackupConflictException.class)
                    .hasMessageContaining("given up, whose id is not used again");
            assertThat(bench.backup.names()).as("after %d", after).containsExactly(MANIFEST.value());
            assertThat(bench.backup.unfinished()).isZero();
        }
    }

    @Test
    void aWriterThatSleepsWhileItIsGivenUpDoesNotCommit() throws Exception {
        byte[] aborted = aborted();
        int steps = steps();
        for (int at = 3; at < steps - 1; at++) {
            bench = new BackupBench(directory.resolve("at-" + at));
            MemoryStore store = bench.place.elsewhere();
            int moment = at;
            store.hook(new MemoryStore.Hook() {
                private int operations;

                @Override
                public void before(MemoryStore.Operation operation, String name) throws IOException {
                    if (++operations == moment && bench.place.stat(MANIFEST).isEmpty()) {
                        bench.place.putIfAbsent(MANIFEST, aborted);
                    }
                }
            });
            BackupAttempt attempt = new BackupAttempt(
                    BackupBench.site(bench.tables, 1, "boot-1"),
                    bench.order(),
                    store,
                    new StoreTraits(true, true),
                    "job-1",
                    new RecordingControl());
            try {
                assertThat(attempt.run().status()).isEqualTo("completed");
                bench.assertWholeAndAlone("given up too late");
            } catch (BackupConflictException e) {
                assertThat(bench.backup.names()).as("at %d", at).containsExactly(MANIFEST.value());
            }
        }
    }

    private byte[] aborted() throws Exception {
        BackupBench scratch = new BackupBench(directory.resolve("scratch"));
        scratch.process(Fate.uneventful()).run();
        Manifest manifest = scratch.backup.manifest().orElseThrow();
        return new ManifestCodec(ManifestSignature.NONE)
                .encode(new Manifest(
                        manifest.id(),
                        manifest.timestamp(),
                        manifest.product(),
                        manifest.token(),
                        ManifestStatus.ABORTED,
                        manifest.storage(),
                        "",
                        List.of()));
    }

    private int steps() throws Exception {
        Fate fate = Fate.uneventful();
        new BackupBench(directory.resolve("count")).process(fate).run();
        return fate.begun().size();
    }

    @Test
    void whatCannotBeReadUnderTheManifestsNameIsNotTouchedAndNeitherIsWhatItMayHold() throws Exception {
        assertThatThrownBy(() -> bench.process(Fate.deathAfter(steps() - 3)).run())
                .isInstanceOf(Fate.Died.class);
        bench.place.putIfAbsent(MANIFEST, "{".getBytes(UTF_8));
        Set<String> names = bench.backup.names();
        assertThatThrownBy(bench.process(Fate.uneventful())::run).isInstanceOf(BackupConflictException.class);
        bench.process(Fate.uneventful()).giveUp();
        assertThat(bench.backup.names()).isEqualTo(names);
    }

    @Test
    void aCommitThatIsAnsweredByRubbishIsSettledLaterAndRemovesNothing() throws Exception {
        MemoryStore store = bench.place.elsewhere();
        store.hook(new MemoryStore.Hook() {
            @Override
            public void before(MemoryStore.Operation operation, String name) throws IOException {
                if (operation == MemoryStore.Operation.PUT_IF_ABSENT && name.equals(MANIFEST.value())) {
                    bench.place.putIfAbsent(MANIFEST, "{".getBytes(UTF_8));
                }
            }
        });
        BackupAttempt attempt = new BackupAttempt(
                BackupBench.site(bench.tables, 1, "boot-1"),
                bench.order(),
                store,
                new StoreTraits(true, true),
                "job-1",
                new RecordingControl());
        assertThatThrownBy(attempt::run).isInstanceOf(IOException.class);
        assertThat(bench.backup.names()).hasSize(7);
        bench.place.delete(MANIFEST);
        bench.process(Fate.uneventful()).run();
        bench.assertWholeAndAlone("when the rubbish is gone");
    }

    @Test
    void aFileThatIsThereAlreadyIsAConflictAndStays() throws Exception {
        for (String name : List.of("users-b1-metadata.json", "shard-0-users-b1.tar.zst", "shard-1-orders-b1.tar.zst")) {
            bench = new BackupBench(directory.resolve(name));
            bench.place.putIfAbsent(new ObjectName(name), "theirs".getBytes(UTF_8));
            assertThatThrownBy(bench.process(Fate.uneventful())::run)
                    .isInstanceOf(BackupConflictException.class)
                    .hasMessage("file: " + name + " is there already, and not of this backup"
                            + " (expected: a name that is free)");
            assertThat(bench.backup.names()).containsExactly(name);
        }
    }

    @Test
    void aFileThatIsChangedOrTakenAwayBeforeTheCommitIsAConflict() throws Exception {
        for (boolean changed : List.of(true, false)) {
            bench = new BackupBench(directory.resolve("changed-" + changed));
            ObjectName file = new ObjectName("shard-0-orders-b1.tar.zst");
            RecordingControl meddler = new RecordingControl() {
                @Override
                public synchronized void phase(String name, long totalBytes, int totalShards) {
                    if (name.equals("table users")) {
                        meddle(file, changed);
                    }
                }
            };
            assertThatThrownBy(bench.process(Fate.uneventful(), bench.order(), meddler)::run)
                    .isInstanceOf(BackupConflictException.class);
            assertThat(bench.backup.names()).isEqualTo(changed ? Set.of(file.value()) : Set.of());
        }
    }

    private void meddle(ObjectName file, boolean changed) {
        try {
            if (changed) {
                bench.place.replace(file, "theirs".getBytes(UTF_8));
            } else {
                bench.place.delete(file);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Table {@code c} of {@code a-b} has the same files as table {@code c-a} of {@code b}. */
    @Test
    void whereverABackupDiesItTakesNothingFromAnotherWhoseFilesAreCalledAlike() throws Exception {
        Map<String, String> theirs = Map.of("0/log", "theirs");
        Set<String> whole =
                new TreeSet<>(Set.of("a-b-cluster-metadata.json", "c-a-b-metadata.json", "shard-0-c-a-b.tar.zst"));
        boolean conflicted = false;
        for (int after = 0; after < 14; after++) {
            BackupBench mine = new BackupBench(directory.resolve("mine-" + after), "b");
            mine.tables.put("c-a", Map.of("0/log", "mine"));
            BackupBench their = new BackupBench(directory.resolve("their-" + after), "a-b");
            their.tables.put("c", theirs);
            assertDies(mine, after);
            MemoryStore shared = mine.place;
            BackupAttempt their1 = attempt(their, "c", shared.elsewhere());
            try {
                their1.run();
            } catch (BackupConflictException e) {
                conflicted = true;
                continue;
            }
            StoredBackup stored = new StoredBackup(shared, new BackupId("a-b"));
            try {
                attempt(mine, "c-a", shared.elsewhere()).run();
                throw new AssertionError("two backups have the same files");
            } catch (BackupConflictException e) {
                assertThat(stored.names()).as("after %d", after).isEqualTo(whole);
                assertThat(stored.contents()).isEqualTo(Map.of(new TableName("c"), theirs));
            }
        }
        assertThat(conflicted).isTrue();
    }

    private static void assertDies(BackupBench bench, int after) {
        assertThatThrownBy(bench.process(Fate.deathAfter(after), bench.order("c-a"), new RecordingControl())::run)
                .isInstanceOf(Fate.Died.class);
        bench.calm();
    }

    private static BackupAttempt attempt(BackupBench bench, String table, MemoryStore store) {
        return new BackupAttempt(
                BackupBench.site(bench.tables, 1, "boot-2"),
                bench.order(table),
                store,
                new StoreTraits(true, true),
                "job-1",
                new RecordingControl());
    }
}
