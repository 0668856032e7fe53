package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills nodes at random moments of backups, restores and deletions, and of the starts that follow. {@code OUTRIGGER_KILLS} in the
 * environment says how often; {@code OUTRIGGER_SEED} repeats what another run chose.
 */
final class KilledNodeTest {

    private static final String DEFAULT_KILLS = "6";

    /** From how many kills on each kind of moment must have been among them. */
    private static final int MANY = 100;

    @TempDir
    private Path directory;

    @Test
    void whateverMomentANodeIsKilledAtNothingIsHalfDone() throws Exception {
        int kills = Integer.parseInt(setting("OUTRIGGER_KILLS", DEFAULT_KILLS));
        long seed = Long.parseLong(setting("OUTRIGGER_SEED", Long.toString(System.nanoTime())));
        System.out.println("kills: " + kills + ", OUTRIGGER_SEED=" + seed);
        long began = System.nanoTime();
        Map<String, Integer> moments = new TreeMap<>();
        ExecutorService lanes = Executors.newFixedThreadPool(2);
        try (S3Server server = S3Server.start()) {
            List<Future<Map<String, Integer>>> results = new ArrayList<>();
            BackupPlace files = new DirectoryPlace(Files.createDirectory(directory.resolve("place")));
            BackupPlace bucket = new BucketPlace(server, "node");
            results.add(lanes.submit(() -> kill("files", files, kills - kills / 2, seed)));
            results.add(lanes.submit(() -> kill("bucket", bucket, kills / 2, seed + 1)));
            for (Future<Map<String, Integer>> result : results) {
                result.get().forEach((moment, count) -> moments.merge(moment, count, Integer::sum));
            }
        } finally {
            lanes.shutdownNow();
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        System.out.println("killed within " + seconds + " s: " + moments);
        assertThat(moments.values().stream().mapToInt(Integer::intValue).sum()).isGreaterThanOrEqualTo(kills);
        if (kills >= MANY) {
            assertThat(moments)
                    .containsKeys(
                            "backup: nothing there",
                            "backup: claimed",
                            "backup: committed",
                            "deletion: nothing done",
                            "deletion: no backup any more",
                            "restore: no plan",
                            "restore: tables staged",
                            "start: before it served",
                            "start: at work");
        }
    }

    private Map<String, Integer> kill(String name, BackupPlace place, int kills, long seed) throws Exception {
        Path own = Files.createDirectory(directory.resolve(name));
        try (place;
                KilledNode node = new KilledNode(own, place)) {
            return new KillingRounds(name, node, place, seed).run(kills);
        }
    }

    private static String setting(String variable, String otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
