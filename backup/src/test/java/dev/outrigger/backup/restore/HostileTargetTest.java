package dev.outrigger.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host does not do what a restore relies on. */
class HostileTargetTest {

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();
    private Map<TableName, Map<String, String>> backup;
    private RestoreBench bench;

    @BeforeEach
    void backUp() throws Exception {
        backup = RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
        bench = new RestoreBench(place, directory.resolve("host"));
    }

    /** Does what another does, unless told otherwise. */
    private class Passing implements RestoreTarget {

        private final RestoreTarget target = bench.tables;

        @Override
        public boolean exists(TableName table) throws Exception {
            return target.exists(table);
        }

        @Override
        public long usableBytes() throws Exception {
            return target.usableBytes();
        }

        @Override
        public Path stage(RestoreId restore, TableName table, int shard) throws Exception {
            return target.stage(restore, table, shard);
        }

        @Override
        public void commit(StagedTable staged) throws Exception {
            target.commit(staged);
        }

        @Override
        public boolean isInPlace(RestoreId restore, TableName table) throws Exception {
            return target.isInPlace(restore, table);
        }

        @Override
        public void drop(RestoreId restore, TableName table) throws Exception {
            target.drop(restore, table);
        }

        @Override
        public void abort(RestoreId restore, TableName table) throws Exception {
            target.abort(restore, table);
        }

        @Override
        public Set<Staging> staged() throws Exception {
            return target.staged();
        }
    }

    private List<RestoredTable> run(RestoreTarget target, int parallelShards) throws Exception {
        RestoreSite site = RestoreBench.site(target, bench.plans, ManifestSignature.NONE, parallelShards);
        RestoreRequest request = RestoreBench.request(RestoreMode.OVERWRITE);
        RestorePlan plan = new RestoreCheck(site, place).plan(RestoreBench.RESTORE, request, Rehearsal.METADATA);
        bench.plans.write(RestoreBench.RESTORE, PlanStore.ABSENT, plan.encode());
        return new RestoreAttempt(site, place, new RecordingControl(), bench.ledger()).run();
    }

    private void assertOrdersFails(RestoreTarget target) throws Exception {
        List<RestoredTable> tables = run(target, 2);
        assertThat(tables).extracting(RestoredTable::status).containsExactly("failed", "completed");
        assertThat(tables.get(0).error()).contains("the table could not be put here; the log has more");
        assertThat(bench.contents(RestoreBench.ORDERS)).isEqualTo(bench.before.get(RestoreBench.ORDERS));
        bench.assertOldOrNew("after a lie", backup);
    }

    @Test
    void whatAHostHasClearedAwayMeanwhileIsFetchedAgain() throws Exception {
        Fate counting = Fate.uneventful();
        new RestoreBench(place, directory.resolve("count")).run(counting);
        int last = counting.begun().size();
        for (int after = 1; after < last; after++) {
            RestoreBench cleared = new RestoreBench(place, directory.resolve("cleared-" + after));
            int dead = after;
            assertThatThrownBy(() -> cleared.run(Fate.deathAfter(dead))).isInstanceOf(Fate.Died.class);
            cleared.calm();
            boolean staging = !cleared.plans.list().isEmpty()
                    && cleared.ledger().plan().tables().stream().noneMatch(t -> t.state() == TableState.STAGED);
            if (staging) {
                for (RestoreTarget.Staging staged : cleared.tables.staged()) {
                    cleared.tables.abort(staged.restore(), staged.table());
                }
                cleared.run(Fate.uneventful());
                cleared.assertBack("after " + after, backup);
            }
        }
    }

    @Test
    void whatAHostHasClearedAwayAndADeathWhileItIsFetchedAgainDoNoHarm() throws Exception {
        RestoreBench cleared = new RestoreBench(place, directory.resolve("cleared"));
        Fate counting = Fate.uneventful();
        new RestoreBench(place, directory.resolve("count")).run(counting);
        int secondShard = counting.begun().lastIndexOf("READ shard-1-orders-b1.tar.zst");
        assertThatThrownBy(() -> cleared.run(Fate.deathAfter(secondShard))).isInstanceOf(Fate.Died.class);
        cleared.calm();
        assertThat(cleared.ledger().plan().table(RestoreBench.ORDERS).stagedShards())
                .containsExactly(0);
        for (int after = 0; after < 20; after++) {
            cleared.tables.abort(RestoreBench.RESTORE, RestoreBench.ORDERS);
            try {
                cleared.run(Fate.deathAfter(after));
                break;
            } catch (Fate.Died e) {
                cleared.assertOldOrNew("after " + after, backup);
                if (cleared.ledger().plan().table(RestoreBench.ORDERS).state() != TableState.STAGING) {
                    break;
                }
            }
        }
        cleared.run(Fate.uneventful());
        cleared.assertBack("in the end", backup);
    }

    @Test
    void aPlaceThatTwoShardsAreGivenNeverGoesLive() throws Exception {
        assertOrdersFails(new Passing() {
            @Override
            public Path stage(RestoreId restore, TableName table, int shard) throws Exception {
                return super.stage(restore, table, 0);
            }
        });
        bench.assertSettled("one place for two");
    }

    @Test
    void aPlaceThatIsALinkIsNeitherClearedNorFilled() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "precious");
        Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
        assertOrdersFails(new Passing() {
            @Override
            public Path stage(RestoreId restore, TableName table, int shard) throws Exception {
                return table.equals(RestoreBench.ORDERS) ? link : super.stage(restore, table, shard);
            }
        });
        assertThat(elsewhere.toFile().list()).containsExactly("precious");
    }

    @Test
    void aPlaceThatIsNotThereFailsItsTable() throws Exception {
        assertOrdersFails(new Passing() {
            @Override
            public Path stage(RestoreId restore, TableName table, int shard) throws Exception {
                return table.equals(RestoreBench.ORDERS)
                        ? directory.resolve("nowhere")
                        : super.stage(restore, table, shard);
            }
        });
    }

    @Test
    void aSwapThatFailsLeavesWhatWasThere() throws Exception {
        assertOrdersFails(new Passing() {
            @Override
            public void commit(StagedTable staged) throws Exception {
                if (staged.table().equals(RestoreBench.ORDERS)) {
                    throw new IOException("no");
                }
                super.commit(staged);
            }
        });
        bench.assertSettled("a swap that failed");
    }

    @Test
    void aSwapThatFailsAfterItWasDoneIsDone() throws Exception {
        List<RestoredTable> tables = run(
                new Passing() {
                    private boolean failed;

                    @Override
                    public void commit(StagedTable staged) throws Exception {
                        super.commit(staged);
                        if (!failed) {
                            failed = true;
                            throw new IOException("done all the same");
                        }
                    }
                },
                1);
        assertThat(tables).extracting(RestoredTable::status).containsOnly("completed");
        bench.assertBack("a swap that was done", backup);
    }

    @Test
    void whatCannotBeRemovedIsRemovedByTheNextAttempt() throws Exception {
        List<RestoredTable> tables = run(
                new Passing() {
                    @Override
                    public void commit(StagedTable staged) throws Exception {
                        if (staged.table().equals(RestoreBench.USERS)) {
                            throw new IOException("no");
                        }
                        super.commit(staged);
                    }

                    @Override
                    public void drop(RestoreId restore, TableName table) throws Exception {
                        throw new IOException("no");
                    }

                    @Override
                    public void abort(RestoreId restore, TableName table) throws Exception {
                        throw new IOException("no");
                    }
                },
                1);
        assertThat(tables).extracting(RestoredTable::status).containsExactly("completed", "failed");
        assertThat(bench.tables.leftovers()).isNotEmpty();
        assertThat(bench.run(Fate.uneventful()))
                .extracting(RestoredTable::status)
                .containsExactly("completed", "failed");
        bench.assertSettled("the next attempt");
    }

    @Test
    void anInterruptFailsNoTable() throws Exception {
        assertThatThrownBy(() -> run(
                        new Passing() {
                            @Override
                            public void commit(StagedTable staged) throws Exception {
                                throw new InterruptedException("interrupted");
                            }
                        },
                        1))
                .isInstanceOf(IOException.class);
        assertThat(Thread.interrupted()).isTrue();
        bench.run(Fate.uneventful());
        bench.assertBack("interrupted before", backup);
    }
}
