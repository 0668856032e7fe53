package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.ShardPlacement;
import java.util.Optional;

/**
 * How far the members of a cluster are with a restore, as its plan and the placement tell.
 *
 * @param phase what is waited for, for people
 * @param done how many replicas of shards are staged, or need not be
 * @param total how many there are
 * @param isDone whether nobody who is still a member has anything left to do
 */
public record SharedProgress(String phase, int done, int total, boolean isDone) {

    private static final int MAX_PHASE = 100;

    public SharedProgress {
        requireNonNull(phase, "phase");
    }

    /** Looks how far they are. What is not known now counts as not done. */
    public static SharedProgress of(SharedPlan plan, ShardPlacement placement) {
        int done = 0;
        int total = 0;
        for (SharedTable table : plan.tables()) {
            int staged = table.members().values().stream()
                    .mapToInt(part -> part.staged().size())
                    .sum();
            int wanted = Replicas.of(placement, table).map(Replicas::count).orElse(staged);
            int all = table.state().isSettled() ? staged : Math.max(staged, wanted);
            done += staged;
            total += all;
        }
        boolean isDone =
                Presence.of(placement).filter(presence -> presence.isDone(plan)).isPresent();
        return new SharedProgress(phase(plan), done, total, isDone);
    }

    private static String phase(SharedPlan plan) {
        Optional<SharedTable> staging = plan.tables().stream()
                .filter(table -> !table.state().isSettled())
                .findFirst();
        if (staging.isPresent()) {
            return bounded("table " + staging.get().target());
        }
        return plan.tables().stream()
                .flatMap(table -> table.members().keySet().stream()
                        .filter(table::awaits)
                        .map(member -> "table " + table.target() + " is live, and not yet on " + member.value()))
                .findFirst()
                .map(SharedProgress::bounded)
                .orElse("");
    }

    private static String bounded(String phase) {
        return phase.length() > MAX_PHASE ? phase.substring(0, MAX_PHASE) : phase;
    }
}
