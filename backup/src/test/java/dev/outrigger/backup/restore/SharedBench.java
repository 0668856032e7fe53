package dev.outrigger.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.Fate;
import dev.outrigger.backup.MemoryPlans;
import dev.outrigger.backup.Steps;
import dev.outrigger.backup.TestClock;
import dev.outrigger.backup.TestTables;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.MemoryStore;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.ManifestSignature;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;

/**
 * Three members of a cluster in one thread, which look at the plans in turn, and do at once what there is to be done. Each is a process
 * of its own over a directory of its own, and may die and come back.
 *
 * <pre>
 *   orders, shard 0   n1 n2 n3
 *   orders, shard 1   n1 n2
 *   users,  shard 0      n2 n3
 * </pre>
 */
final class SharedBench {

    static final NodeAddress N1 = new NodeAddress("n1");
    static final NodeAddress N2 = new NodeAddress("n2");
    static final NodeAddress N3 = new NodeAddress("n3");
    static final TableName ORDERS = RestoreBench.ORDERS;
    static final TableName USERS = RestoreBench.USERS;
    static final RestoreId RESTORE = RestoreBench.RESTORE;

    final MemoryStore place;
    final MemoryPlans plans = new MemoryPlans();
    final TestClock clock = new TestClock();
    final Map<NodeAddress, Member> members = new LinkedHashMap<>();

    /** Who has which replica; who is a member is who was not removed from it. */
    final Map<TableName, Map<Integer, Set<NodeAddress>>> replicas = new TreeMap<>();

    final Set<NodeAddress> present = new HashSet<>(Set.of(N1, N2, N3));

    SharedBench(MemoryStore place, Path directory) throws IOException {
        this.place = place;
        replicas.put(ORDERS, new TreeMap<>(Map.of(0, Set.of(N1, N2, N3), 1, Set.of(N1, N2))));
        replicas.put(USERS, new TreeMap<>(Map.of(0, Set.of(N2, N3))));
        for (NodeAddress address : List.of(N1, N2, N3)) {
            members.put(address, new Member(address, directory.resolve(address.value())));
        }
    }

    /** Declares a member dead: nobody counts on it any more. */
    void down(NodeAddress address) {
        present.remove(address);
        replicas.values()
                .forEach(table -> table.replaceAll((shard, on) -> {
                    Set<NodeAddress> others = new HashSet<>(on);
                    others.remove(address);
                    return others;
                }));
    }

    /** One member, whose processes come and go over what is in its directory. */
    final class Member implements ShardPlacement, Reconciler.Node {

        private final NodeAddress self;
        final TestTables tables;
        final Map<TableName, Map<String, String>> before;
        final Map<RestoreId, Set<TableName>> away = new TreeMap<>(Comparator.comparing(RestoreId::value));
        private Optional<Reconciler> process = Optional.empty();
        private Fate fate = Fate.uneventful();
        private Executor threads = Runnable::run;
        boolean follows;

        /** Whom it has not been told of yet, though they are members. */
        final Set<NodeAddress> unknown = new HashSet<>();

        /** What happens after it was told which plans there are, and before it does anything about them. */
        Runnable onceListed = () -> {};

        /** What happens before it reads an archive. */
        Runnable onFetch = () -> {};

        private Member(NodeAddress self, Path directory) throws IOException {
            this.self = self;
            this.tables = new TestTables(directory);
            tables.put("orders", Map.of("0/log", "old", "1/log", "old"));
            this.before = tables.contents();
            start(Fate.uneventful());
        }

        /** Ends the process, and begins another. */
        void start(Fate newFate) {
            fate = newFate;
            tables.steps(newFate);
            MemoryPlans view = plans.elsewhere();
            view.steps(new Steps() {
                @Override
                public void before(String step) throws IOException {
                    newFate.before(step);
                }

                @Override
                public void after(String step) throws IOException {
                    newFate.after(step);
                    if (step.equals("list plans")) {
                        onceListed.run();
                    }
                }
            });
            process = Optional.of(new Reconciler(site(view), this, this, threads, threads, clock));
        }

        /** The same, with work that is done when whoever is given it says so. */
        void start(Fate newFate, Executor others) {
            threads = others;
            start(newFate);
        }

        private RestoreSite site(MemoryPlans view) {
            return RestoreBench.site(tables, view, ManifestSignature.NONE, 1);
        }

        void order(RestoreMode mode) throws Exception {
            RestoreSite site = site(plans);
            RestorePlan plan =
                    new RestoreCheck(site, place).plan(RESTORE, RestoreBench.request(mode), Rehearsal.METADATA);
            new SharedOrder(site, this).record(plan, place);
            follows = true;
        }

        boolean isAlive() {
            return process.isPresent();
        }

        /** Ends the process where it stands. */
        void kill() {
            process = Optional.empty();
            away.clear();
        }

        /** Looks once, unless it is dead; may die over it. */
        void look() {
            try {
                process.ifPresent(Reconciler::look);
            } catch (Fate.Died e) {
                kill();
            }
        }

        /** What it has of a table, without what only a restore writes about its shards. */
        Map<String, String> contents(TableName table) throws IOException {
            tables.steps(Steps.UNSEEN);
            try {
                Map<String, String> contents =
                        new TreeMap<>(tables.contents(table).orElse(Map.of()));
                contents.keySet().removeIf(file -> file.startsWith("about/shard-"));
                return contents;
            } finally {
                tables.steps(fate);
            }
        }

        /** What it is to have of a table that is back: its own replicas. */
        Map<String, String> wanted(TableName table, Map<TableName, Map<String, String>> backup) {
            Map<String, String> wanted = new TreeMap<>(backup.get(table));
            wanted.keySet()
                    .removeIf(path -> path.startsWith("shards/")
                            && !replicas.get(table)
                                    .get(Integer.parseInt(path.split("/", -1)[1]))
                                    .contains(self));
            return wanted;
        }

        boolean takesPart(TableName table) {
            return replicas.get(table).values().stream().anyMatch(on -> on.contains(self));
        }

        boolean isNew(TableName table) throws IOException {
            return !contents(table).equals(before.getOrDefault(table, Map.of()));
        }

        @Override
        public NodeAddress self() {
            return self;
        }

        @Override
        public Map<NodeAddress, URI> members() {
            Map<NodeAddress, URI> urls = new TreeMap<>();
            present.stream()
                    .filter(member -> !unknown.contains(member))
                    .forEach(member -> urls.put(member, URI.create("http://" + member.value())));
            return urls;
        }

        @Override
        public List<TableName> tables() {
            return List.copyOf(replicas.keySet());
        }

        @Override
        public Set<Integer> shards(TableName table) {
            return replicas.getOrDefault(table, Map.of()).keySet();
        }

        @Override
        public Optional<NodeAddress> leader(TableName table, int shard) {
            return Optional.empty();
        }

        @Override
        public Set<NodeAddress> replicas(TableName table, int shard) {
            return replicas.get(table).get(shard);
        }

        @Override
        public ObjectStore open(String location) throws IOException, RefusedException {
            MemoryStore store = place.elsewhere();
            store.hook(new MemoryStore.Hook() {
                @Override
                public void before(MemoryStore.Operation operation, String name) throws IOException {
                    fate.before(operation, name);
                    if (operation == MemoryStore.Operation.READ && name.startsWith("shard-")) {
                        onFetch.run();
                    }
                }

                @Override
                public void after(MemoryStore.Operation operation, String name) throws IOException {
                    fate.after(operation, name);
                }
            });
            return store;
        }

        @Override
        public void moved(long bytes) {}

        @Override
        public void away(Map<RestoreId, Set<TableName>> now) {
            away.clear();
            away.putAll(now);
        }

        @Override
        public boolean isBeingOrdered(RestoreId restore) {
            return false;
        }

        @Override
        public boolean isFollowed(RestoreId restore) {
            return follows;
        }

        @Override
        public boolean isCalledOff(RestoreId restore) {
            return false;
        }

        @Override
        public void adopt(RestoreId restore) {}
    }

    /** Every member looks once, time passes, and a coordinator that is up reads the outcome when there is one. */
    void round() throws IOException {
        for (Member member : members.values()) {
            member.look();
        }
        clock.move(Duration.ofSeconds(90));
        for (Member member : members.values()) {
            if (member.isAlive() && member.follows) {
                Optional<SharedPlan> plan = plan();
                member.follows = plan.isPresent() && !plan.get().isDone(present::contains);
            }
        }
    }

    Optional<SharedPlan> plan() throws IOException {
        return new SharedPlans(plans).read(RESTORE);
    }

    /** Rounds until the plan is gone; tells how many there were, at most so many. */
    int rounds(int most, Map<TableName, Map<String, String>> backup) throws IOException {
        for (int round = 1; round <= most; round++) {
            round();
            assertUnmixed("round " + round, backup);
            if (plan().isEmpty()) {
                return round;
            }
        }
        return most;
    }

    /** Each member has each table as it was, or as the backup has it; and nobody has a new one that is not live for all. */
    void assertUnmixed(String when, Map<TableName, Map<String, String>> backup) throws IOException {
        Optional<SharedPlan> plan = plan();
        for (Member member : present()) {
            for (TableName table : List.of(ORDERS, USERS)) {
                assertThat(member.contents(table))
                        .as("%s: %s of %s", when, table, member.self)
                        .isIn(member.before.getOrDefault(table, Map.of()), member.wanted(table, backup));
                if (plan.isPresent() && member.isNew(table)) {
                    assertThat(plan.get().table(table).orElseThrow().state())
                            .as("%s: %s, new on %s", when, table, member.self)
                            .isEqualTo(TableState.LIVE);
                }
            }
        }
    }

    /** Everything is back on everybody who is still there, and nothing is left of it. */
    void assertBack(String when, Map<TableName, Map<String, String>> backup) throws IOException {
        for (Member member : present()) {
            for (TableName table : List.of(ORDERS, USERS)) {
                assertThat(member.contents(table))
                        .as("%s: %s of %s", when, table, member.self)
                        .isEqualTo(
                                member.takesPart(table)
                                        ? member.wanted(table, backup)
                                        : member.before.getOrDefault(table, Map.of()));
            }
        }
        assertNothingLeft(when);
    }

    /** A table is as it was before, on everybody. */
    void assertOld(String when, TableName table) throws IOException {
        for (Member member : members.values()) {
            assertThat(member.contents(table))
                    .as("%s: %s of %s", when, table, member.self)
                    .isEqualTo(member.before.getOrDefault(table, Map.of()));
        }
    }

    void assertNothingLeft(String when) throws IOException {
        assertThat(plan()).as(when).isEmpty();
        for (Member member : present()) {
            member.tables.steps(Steps.UNSEEN);
            assertThat(member.tables.leftovers())
                    .as("%s: of %s", when, member.self)
                    .isEmpty();
            assertThat(member.away.values()).as("%s: of %s", when, member.self).allMatch(Set::isEmpty);
        }
    }

    private List<Member> present() {
        List<Member> there = new ArrayList<>(members.values());
        there.removeIf(member -> !present.contains(member.self));
        return there;
    }
}
