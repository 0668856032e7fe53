package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.GroupName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Remembers for how long each group has been without a leader, as far as this node knows, and how often that changed. Safe for use by
 * many threads.
 */
final class LeaderWatch {

    /** An election takes a second, two where votes are split; what takes longer is no election but a lack of nodes. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final LongSupplier nanoTime;
    private final Map<GroupName, Seen> seen = new ConcurrentHashMap<>();

    /**
     * @param nanoTime monotonic, in nanoseconds
     */
    LeaderWatch(LongSupplier nanoTime) {
        this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    }

    private record Seen(Optional<String> leader, Optional<String> lastLeader, long since, long changes) {

        Seen next(Optional<String> now, long at) {
            if (now.equals(leader)) {
                return this;
            }
            boolean another = now.isPresent() && !now.equals(lastLeader);
            return new Seen(now, now.or(() -> lastLeader), at, changes + (another ? 1 : 0));
        }
    }

    /** Takes notice of the groups as they are now. */
    void look(List<DivisionView> divisions) {
        long now = nanoTime.getAsLong();
        for (DivisionView view : divisions) {
            seen.compute(
                    view.group(),
                    (group, before) -> before == null
                            ? new Seen(view.leader(), view.leader(), now, 0)
                            : before.next(view.leader(), now));
        }
    }

    /** Tells whether a group has had no leader for longer than an election takes. */
    boolean isAbandoned(GroupName group) {
        Seen last = seen.get(group);
        return last != null && last.leader().isEmpty() && nanoTime.getAsLong() - last.since() > PATIENCE.toNanos();
    }

    /** Returns how often another member than before has come to lead a group. */
    long changes(GroupName group) {
        Seen last = seen.get(group);
        return last == null ? 0 : last.changes();
    }
}
