package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.kv.NodeJobs.Job;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Rounds over one node and one place: write a new generation, order a backup or a restore, kill the node meanwhile, start it again, and see
 * that everything is one thing or the other. Used by one thread.
 */
final class KillingRounds {

    private static final int BACKUPS_KEPT = 3;
    private static final double LONGEST = 1.2; // of what was measured
    private static final double EARLY = 0.1;
    private static final String DROPPED = "lower";
    private static final String PROBE = "outrigger-probe-";

    private final String name;
    private final KilledNode node;
    private final BackupPlace place;
    private final Random random;
    private final Map<String, Generation> backups = new LinkedHashMap<>();
    private final Map<String, Integer> moments = new TreeMap<>();
    private final List<String> story = new ArrayList<>();

    private NodeContent content;
    private Generation present = new Generation(1, false);
    private int kills;
    private Duration backupTime = Duration.ZERO;
    private Duration restoreTime = Duration.ZERO;
    private Duration deletionTime = Duration.ZERO;
    private Duration startTime = Duration.ZERO;

    /** Prepares rounds over a node that is being started. */
    KillingRounds(String name, KilledNode node, BackupPlace place, long seed) {
        this.name = name;
        this.node = node;
        this.place = place;
        this.random = new Random(seed);
        node.process().awaitService();
        this.content = NodeContent.begin(node.process(), present);
    }

    /** Kills the node as often; returns at which moments that was. */
    Map<String, Integer> run(int times) {
        told("before the first round", this::measure);
        for (int round = 1; kills < times; round++) {
            String id = "b" + round;
            told("round " + round, () -> round(id));
        }
        return moments;
    }

    private void told(String what, Runnable action) {
        story.clear();
        try {
            action.run();
        } catch (AssertionError | RuntimeException e) {
            String log = node.process().log();
            throw new AssertionError(name + ", " + what + ": " + story + ": " + e.getMessage() + "\n" + log, e);
        }
    }

    /** Finds out how long things take in a process that has just been started. */
    private void measure() {
        backUp("first");
        startTime = restart();
        write(false);
        backupTime = backUp("second");
        restart();
        write(false);
        restoreTime = timed(() -> bringBack("first", "{}"));
        assertContent(backups.get("first"));
        deletionTime = timed(() -> delete("first"));
        System.out.printf(
                "%s: start %d ms, backup %d ms, restore %d ms, deletion %d ms%n",
                name, startTime.toMillis(), backupTime.toMillis(), restoreTime.toMillis(), deletionTime.toMillis());
    }

    private Duration restart() {
        node.killAfter(Duration.ZERO);
        return timed(() -> {
            node.startAgain();
            node.process().awaitService();
        });
    }

    private Duration backUp(String id) {
        Duration time = timed(() -> awaitCompleted(accepted(node.process().post("/api/v1/backup?wait=0", order(id)))));
        backups.put(id, present);
        return time;
    }

    private void bringBack(String id, String rename) {
        HttpResponse<String> answer = node.process().post("/api/v1/restore", overwrite(id, rename));
        awaitCompleted(accepted(answer));
    }

    private void delete(String id) {
        awaitCompleted(accepted(node.process().deleteLater(path(id)).join()));
        backups.remove(id);
    }

    private String path(String id) {
        return "/api/v1/backups/" + id + "?location=" + place.location();
    }

    private void collect() {
        String body = "{\"location\":\"" + place.location() + "\"}";
        awaitCompleted(accepted(node.process().post("/api/v1/gc", body)));
    }

    private void awaitCompleted(String job) {
        Job ended = NodeJobs.awaitEnd(node.process(), job);
        assertThat(ended.state()).as("%s", ended).isEqualTo("completed");
    }

    private static Duration timed(Runnable action) {
        long began = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - began);
    }

    private String order(String id) {
        return "{\"backup_id\":\"" + id + "\",\"location\":\"" + place.location() + "\"}";
    }

    private String overwrite(String id, String rename) {
        return "{\"backup_id\":\"" + id + "\",\"location\":\"" + place.location()
                + "\",\"restore_mode\":\"overwrite\",\"rename\":" + rename + "}";
    }

    private static String accepted(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return NodeJobs.json(answer).string("job_id");
    }

    private void write(boolean large) {
        present = new Generation(present.number() + 1, large);
        content.write(node.process(), present);
    }

    private void round(String id) {
        write(random.nextInt(4) == 0);
        boolean ordered = switch (random.nextInt(backups.size() > 1 ? 5 : 4)) {
            case 0, 1 -> backupRound(id);
            case 2, 3 -> restoreRound();
            default -> deletionRound();
        };
        assertNothingIsLeft(ordered);
        forgetOldBackups();
        node.removeLibraries();
    }

    private boolean backupRound(String id) {
        Set<String> known = jobs();
        Optional<String> accepted = killDuring(
                "backup " + id, backupTime, () -> node.process().postLater("/api/v1/backup?wait=0", order(id)));
        count("backup: " + backupState(id));
        startAgain();
        Optional<Job> job = ended("backup", known, accepted);
        job.ifPresent(ended -> assertThat(ended.state()).as("%s", ended).isEqualTo("completed"));
        assertThat(isListed(id)).as("%s, listed", job).isEqualTo(job.isPresent());
        assertContent(present);
        if (job.isPresent()) {
            backups.put(id, present);
            assertRestorable(id);
        }
        assertRestorable(anyBackup());
        return job.isPresent();
    }

    private boolean restoreRound() {
        Set<String> known = jobs();
        boolean dropped = random.nextInt(4) == 0;
        if (dropped) {
            NodeContent.drop(node.process(), DROPPED);
        }
        String id = anyBackup();
        Generation old = present;
        Generation restored = backups.get(id);
        Optional<String> accepted = killDuring(
                "restore " + id, restoreTime, () -> node.process().postLater("/api/v1/restore", overwrite(id, "{}")));
        count("restore: " + node.restoreState());
        startAgain();
        for (String table : NodeContent.TABLES) {
            List<Generation> before = dropped && table.equals(DROPPED) ? List.of() : List.of(old);
            // It may be swapped while it is read, once, and in this direction.
            assertThat(content.read(node.process(), table, table, List.of(old, restored)))
                    .as(table)
                    .isIn(before, List.of(restored), List.of(old, restored));
        }
        Optional<Job> job = ended("restore", known, accepted);
        job.ifPresent(ended -> assertThat(ended.state()).as("%s", ended).isEqualTo("completed"));
        if (job.isPresent()) {
            assertContent(restored);
        } else if (!dropped) {
            assertContent(old);
        }
        return job.isPresent();
    }

    private boolean deletionRound() {
        String id = anyBackup();
        Optional<String> accepted = killDuring(
                "deletion of " + id, deletionTime, () -> node.process().deleteLater(path(id)));
        count("deletion: " + deletionState(id));
        startAgain();
        NodeJobs.awaitAll(node.process());
        if (isListed(id)) {
            assertThat(accepted).isEmpty();
            assertRestorable(id);
        } else {
            backups.remove(id);
            if (accepted.isEmpty()) {
                collect(); // Nobody was told that it will be removed, and so somebody may have to ask again.
            }
        }
        assertContent(present);
        return true;
    }

    private String deletionState(String id) {
        if (isListed(id)) {
            return "nothing done";
        }
        return place.names().contains(id + BackupPlace.MANIFEST) ? "no backup any more" : "all gone";
    }

    /** Kills the node at a moment of an order's work; returns the job's id if the order was answered. */
    private Optional<String> killDuring(
            String what, Duration typical, Supplier<CompletableFuture<HttpResponse<String>>> order) {
        Duration moment = upTo(typical.multipliedBy(present.large() ? 2 : 1));
        CompletableFuture<HttpResponse<String>> answer = order.get();
        node.killAfter(moment);
        kills++;
        Optional<String> accepted = answered(answer).map(KillingRounds::accepted);
        story.add(what + " of " + backups + " over " + present + ", killed after " + moment.toMillis() + " ms, "
                + accepted.map(job -> "ordered as " + job).orElse("without an answer"));
        return accepted;
    }

    private static Optional<HttpResponse<String>> answered(CompletableFuture<HttpResponse<String>> answer) {
        try {
            return Optional.of(answer.orTimeout(1, TimeUnit.MINUTES).join());
        } catch (CompletionException e) {
            return Optional.empty(); // the node was killed first
        }
    }

    /** Any moment; more often one soon after the beginning, where much happens in a short time. */
    private Duration upTo(Duration typical) {
        double latest = random.nextInt(4) == 0 ? EARLY : LONGEST;
        return Duration.ofNanos((long) (random.nextDouble() * latest * typical.toNanos()));
    }

    /** Starts the node again, and kills it in between at times. */
    private void startAgain() {
        node.startAgain();
        if (random.nextInt(3) == 0) {
            Duration moment =
                    startTime.dividedBy(2).plus(upTo(startTime.dividedBy(2).plus(backupTime)));
            node.killAfter(moment);
            kills++;
            count(node.process().hasServed() ? "start: at work" : "start: before it served");
            story.add("killed again " + moment.toMillis() + " ms after the start");
            node.startAgain();
        }
        node.process().awaitService();
    }

    private void count(String moment) {
        moments.merge(moment, 1, Integer::sum);
        story.add(moment);
    }

    private String backupState(String id) {
        if (isListed(id)) {
            return "committed";
        }
        return place.names().contains(id + "-cluster-inprogress.json") ? "claimed" : "nothing there";
    }

    private boolean isListed(String id) {
        return place.listed().stream().anyMatch(backup -> backup.id().equals(id));
    }

    private Set<String> jobs() {
        return NodeJobs.list(node.process()).stream().map(Job::id).collect(Collectors.toSet());
    }

    /** Waits for the end of the round's job. One whose order was answered must be there. */
    private Optional<Job> ended(String type, Set<String> known, Optional<String> accepted) {
        Optional<Job> job = NodeJobs.awaitAll(node.process()).stream()
                .filter(ended -> ended.type().equals(type) && !known.contains(ended.id()))
                .findFirst();
        accepted.ifPresent(id -> assertThat(job).as("the job %s", id).isPresent());
        story.add("ended as " + job);
        return job;
    }

    private String anyBackup() {
        List<String> ids = List.copyOf(backups.keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    private void assertContent(Generation expected) {
        for (String table : NodeContent.TABLES) {
            assertThat(content.read(node.process(), table, table, List.of(expected)))
                    .as(table)
                    .containsExactly(expected);
        }
    }

    /** Brings a backup back under other names, and looks at it. */
    private void assertRestorable(String id) {
        bringBack(id, "{\"lower\":\"copy-lower\",\"upper\":\"copy-upper\"}");
        Generation expected = backups.get(id);
        for (String table : NodeContent.TABLES) {
            String copy = "copy-" + table;
            assertThat(content.read(node.process(), table, copy, List.of(expected)))
                    .as(copy)
                    .containsExactly(expected);
            NodeContent.drop(node.process(), copy);
        }
    }

    /**
     * Looks for what nobody needs.
     *
     * @param ordered whether the round's order was taken: if not, there may be what a store was tried with, until it is tried again
     */
    private void assertNothingIsLeft(boolean ordered) {
        assertThat(place.leftovers())
                .as("at the location, of no backup")
                .filteredOn(name -> ordered || !name.contains(PROBE))
                .isEmpty();
        assertThat(place.openUploads()).as("open uploads").isZero();
        assertThat(node.leftovers()).as("in the node's data").isEmpty();
        assertThat(place.listed()).extracting(BackupPlace.Listed::id).hasSameElementsAs(backups.keySet());
        HttpResponse<String> listed = node.process().get("/api/v1/backups?location=" + place.location());
        assertThat(NodeJobs.json(listed).objects("backups"))
                .extracting(backup -> backup.string("backup_id"))
                .containsExactlyInAnyOrderElementsOf(backups.keySet());
    }

    private void forgetOldBackups() {
        List.copyOf(backups.keySet())
                .subList(0, Math.max(0, backups.size() - BACKUPS_KEPT))
                .forEach(this::delete);
    }
}
