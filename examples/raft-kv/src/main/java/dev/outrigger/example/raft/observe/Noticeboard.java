package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.raft.engine.DivisionRole;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.GroupName;
import dev.outrigger.example.raft.engine.Register;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where each leader writes how the replicas of its group are, whenever that changes, and every node reads it: a follower hears of its
 * leader only, and could not tell otherwise what its own end would do to the group.
 *
 * <p>Kept in the cluster's metadata, one register a group. A report counts for as long as the leader that made it leads, as this node
 * knows; whoever is cut off soon knows of none. Written by one thread twice a second, read by any.
 */
final class Noticeboard implements ReplicaReports {

    private static final Logger LOG = LoggerFactory.getLogger(Noticeboard.class);
    private static final String PREFIX = "replicas/";

    private final Engine engine;
    private final String self;

    /** What was committed at the last turn. */
    private final Map<GroupName, Long> committed = new ConcurrentHashMap<>();

    /** By the name of the group; of the groups that this node leads, and of the others as of the last reading. */
    private volatile Map<GroupName, GroupReport> led = Map.of();

    private volatile Map<String, GroupReport> read = Map.of();

    /**
     * @param self this node's id
     */
    Noticeboard(Engine engine, String self) {
        this.engine = requireNonNull(engine, "engine");
        this.self = requireNonNull(self, "self");
    }

    /** Takes a turn: looks at the groups that this node leads, reads the board, and writes what has changed, which may wait. */
    void turn() {
        List<DivisionView> divisions = engine.divisions();
        led = reports(divisions);
        divisions.forEach(view -> committed.put(view.group(), view.commitIndex()));
        List<Register> registers = engine.metadata().listHere(PREFIX);
        read(registers);
        try {
            publish(registers);
        } catch (StoreException e) {
            LOG.debug("The board cannot be written now", e);
        }
    }

    @Override
    public Optional<GroupReport> report(DivisionView view) {
        if (view.role() == DivisionRole.LEADER) {
            return Optional.ofNullable(led.get(view.group()));
        }
        return Optional.ofNullable(read.get(PREFIX + view.group()))
                .filter(report -> view.leader().equals(Optional.of(report.leader())) && report.term() == view.term());
    }

    @Override
    public long settledIndex(DivisionView view) {
        return Math.min(view.commitIndex(), committed.getOrDefault(view.group(), view.commitIndex()));
    }

    private Map<GroupName, GroupReport> reports(List<DivisionView> divisions) {
        Map<GroupName, GroupReport> reports = new HashMap<>();
        for (DivisionView view : divisions) {
            if (view.role() == DivisionRole.LEADER) {
                reports.put(view.group(), GroupReport.of(self, view, settledIndex(view)));
            }
        }
        return Map.copyOf(reports);
    }

    private void read(List<Register> registers) {
        Map<String, GroupReport> reports = new HashMap<>();
        for (Register register : registers) {
            GroupReport.decode(register.value()).ifPresent(report -> reports.put(register.key(), report));
        }
        read = Map.copyOf(reports);
    }

    private void publish(List<Register> registers) {
        Map<String, Long> versions = new HashMap<>();
        registers.forEach(register -> versions.put(register.key(), register.version()));
        led.forEach((group, report) -> {
            String key = PREFIX + group;
            if (!report.equals(read.get(key))) {
                // Where another was faster, that is seen at the next turn.
                engine.metadata().compareAndSet(key, versions.getOrDefault(key, Register.ABSENT), report.encode());
            }
        });
    }
}
