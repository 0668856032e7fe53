package dev.outrigger.backup.create;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.RecordingControl;
import dev.outrigger.backup.Steps;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Members that run their errands on the coordinator's thread, when it looks after them, each in a process that may die; and a clock that
 * moves when the coordinator waits. What the coordinator asks is a step of its own process, too.
 */
final class ScriptedMembers implements ShardMembers {

    static final Duration SILENCE = Duration.ofSeconds(60);
    static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SpreadBench bench;
    private final Map<NodeAddress, Fate> fates = new HashMap<>();
    private final Set<NodeAddress> dead = new HashSet<>();
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final List<String> calledOff = new ArrayList<>();
    private Steps coordinator = Steps.UNSEEN;
    private Steps network = Steps.UNSEEN;
    private Runnable whenDead = () -> {};
    private Runnable eachPause = () -> {};
    private Runnable eachStep = () -> {};
    private final Map<NodeAddress, Consumer<ShardOrder>> instead = new HashMap<>();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");

    ScriptedMembers(SpreadBench bench) {
        this.bench = bench;
    }

    private static final class Job {

        private final ShardOrder order;
        private final NodeAddress member;
        private Progress progress = new Running();
        private boolean begun;

        private Job(ShardOrder order, NodeAddress member) {
            this.order = order;
            this.member = member;
        }
    }

    void coordinator(Steps steps) {
        coordinator = steps;
    }

    /** Tells of each request, beside what the coordinator's own process is told. */
    void network(Steps steps) {
        network = steps;
    }

    /** What becomes of a member's process. */
    void fate(NodeAddress member, Fate fate) {
        fates.put(member, fate);
    }

    void kill(NodeAddress member) {
        dead.add(member);
        whenDead.run();
    }

    /** What happens when a member has died, such as an election. */
    void whenDead(Runnable action) {
        whenDead = action;
    }

    void eachPause(Runnable action) {
        eachPause = action;
    }

    /** What happens right before each step of the coordinator, and after it has waited. */
    void eachStep(Runnable action) {
        eachStep = action;
    }

    void step() {
        eachStep.run();
    }

    /** Has the first order of a member done in another way; nothing is heard of that member afterwards. */
    void instead(NodeAddress member, Consumer<ShardOrder> other) {
        instead.put(member, other);
    }

    List<String> calledOff() {
        return calledOff;
    }

    int asked() {
        return jobs.size();
    }

    /** Runs whatever was ordered and not begun, as members do that nobody looks after. */
    void runAll() {
        jobs.values().forEach(this::run);
    }

    @Override
    public List<TableName> tables() {
        return List.copyOf(SpreadBench.SHARDS.keySet());
    }

    @Override
    public Set<Integer> shards(TableName table) {
        return SpreadBench.SHARDS.getOrDefault(table, Set.of());
    }

    @Override
    public Optional<NodeAddress> leader(TableName table, int shard) {
        return Optional.ofNullable(bench.leaders.get(shard));
    }

    @Override
    public String ask(NodeAddress member, ShardOrder order) throws IOException {
        return request("ask " + member.value(), () -> {
            requireAlive(member);
            jobs.computeIfAbsent(order.id(), id -> new Job(order, member));
            Consumer<ShardOrder> other = instead.remove(member);
            if (other != null) {
                dead.add(member);
                other.accept(order);
            }
            return order.id();
        });
    }

    @Override
    public Progress look(NodeAddress member, ShardOrder order, String job) throws IOException {
        return request("look " + member.value(), () -> {
            requireAlive(member);
            run(jobs.get(job));
            requireAlive(member);
            return jobs.get(job).progress;
        });
    }

    private <T> T request(String step, Steps.Step<T> request) throws IOException {
        eachStep.run();
        return coordinator.taking(step, () -> network.taking(step, request));
    }

    private void requireAlive(NodeAddress member) throws ConnectException {
        if (dead.contains(member)) {
            throw new ConnectException("nobody listens");
        }
    }

    private void run(Job job) {
        if (job.begun || dead.contains(job.member)) {
            return;
        }
        job.begun = true;
        MemoryStore store = bench.place.elsewhere();
        Fate fate = fates.getOrDefault(job.member, Fate.uneventful());
        store.hook(fate);
        try {
            ShardErrand errand = new ShardErrand(bench.site(job.member), job.order, store, new RecordingControl());
            job.progress = new Done(errand.run());
        } catch (Fate.Died e) {
            kill(job.member);
        } catch (Exception e) {
            job.progress = new GivenUp(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void callOff(NodeAddress member, String job) {
        calledOff.add(member.value());
        jobs.get(job).begun = true;
    }

    @Override
    public Duration silence() {
        return SILENCE;
    }

    @Override
    public Duration leaderDeadline() {
        return DEADLINE;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause() {
        now = now.plus(PAUSE);
        eachStep.run();
        eachPause.run();
    }

    /** A stop that a test wants in the middle of a wait. */
    static JobStoppedException canceled() {
        return new JobStoppedException(JobStoppedException.Reason.CANCELED);
    }
}
