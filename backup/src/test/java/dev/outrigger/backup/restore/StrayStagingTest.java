package dev.outrigger.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.RestoreId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something is staged that no plan speaks of any more. */
class StrayStagingTest {

    @TempDir
    Path directory;

    private final MemoryStore place = new MemoryStore();

    @Test
    void whereverItsRestoreDiedItIsRemovedAndNothingElseIs() throws Exception {
        var backup = RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
        Fate counting = Fate.uneventful();
        new RestoreBench(place, directory.resolve("count")).run(counting);
        for (int after = 1; after < counting.begun().size(); after++) {
            RestoreBench bench = new RestoreBench(place, directory.resolve("after-" + after));
            int dead = after;
            assertThatThrownBy(() -> bench.run(Fate.deathAfter(dead))).isInstanceOf(Fate.Died.class);
            bench.calm();
            bench.tables.stage(new RestoreId("older"), RestoreBench.OTHER, 0);
            var before = bench.tables.contents();
            bench.plans.remove(RestoreBench.RESTORE);
            RestoreJob.removeStrays(RestoreBench.site(bench.tables, bench.plans, ManifestSignature.NONE, 1));
            assertThat(bench.tables.staged()).as("after %d", after).isEmpty();
            assertThat(bench.tables.contents()).isEqualTo(before);
            bench.assertOldOrNew("after " + after, backup);
        }
    }

    @Test
    void whatAPlanSpeaksOfStays() throws Exception {
        RestoreBench.backUp(place, directory.resolve("source"), ManifestSignature.NONE);
        RestoreBench bench = new RestoreBench(place, directory.resolve("host"));
        assertThatThrownBy(() -> bench.run(Fate.deathAfter(20))).isInstanceOf(Fate.Died.class);
        bench.calm();
        var staged = bench.tables.staged();
        assertThat(staged).isNotEmpty();
        RestoreJob.removeStrays(RestoreBench.site(bench.tables, bench.plans, ManifestSignature.NONE, 1));
        assertThat(bench.tables.staged()).isEqualTo(staged);
    }
}
