package dev.outrigger.cluster;

import static java.util.Objects.requireNonNull;

import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.CheckScope;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The readiness check {@code cluster-up}: asks the provider once a second how the cluster is, and fails until this node is up,
 * again once it is not, and while the provider does not answer. Keeps what it was told, for whoever wants to know.
 *
 * <p>Called by one thread at a time, read by any.
 */
public final class ClusterWatch implements HealthCheck {

    /** The check's name. */
    public static final String NAME = "cluster-up";

    /** How the check is run. */
    public static final CheckOptions OPTIONS = CheckOptions.readiness()
            .scope(CheckScope.CLUSTER)
            .interval(Duration.ofSeconds(1))
            .timeout(HostCalls.DEADLINE);

    private final ClusterProvider provider;
    private final HostCalls calls;

    /** Set before the first call, while nothing else runs. */
    private volatile Consumer<ClusterState> follower = state -> {};

    /** Written by the check's thread only. */
    private volatile @Nullable ClusterState latest;

    /** Written by the check's thread only. */
    private final AtomicLong changes = new AtomicLong();

    /**
     * @param calls knows all calls into the provider
     */
    public ClusterWatch(ClusterProvider provider, HostCalls calls) {
        this.provider = requireNonNull(provider, "provider");
        this.calls = requireNonNull(calls, "calls");
    }

    /** Has the connectivity follow the members. To be called before the monitor is started. */
    public void tell(Connectivity connectivity) {
        follower = connectivity::follow;
    }

    @Override
    public HealthResult check() throws Exception {
        if (calls.isOverdue()) {
            return HealthResult.unhealthy("the cluster provider does not answer");
        }
        ClusterState state = requireNonNull(calls.make(provider::state), "state");
        take(state);
        MemberStatus status = state.selfStatus();
        HealthResult result = status == MemberStatus.UP
                ? HealthResult.healthy()
                : HealthResult.unhealthy("this member is " + status.word());
        return result.withDetail("address", state.self().address().value())
                .withDetail("members", state.members().size());
    }

    /** Returns the last state that the provider told; empty before the first. One volatile read. */
    public Optional<ClusterState> latest() {
        return Optional.ofNullable(latest);
    }

    /** Returns how many members have come, gone or changed their status, as far as two looks a second apart show it. */
    public long changes() {
        return changes.get();
    }

    private void take(ClusterState state) {
        ClusterState before = latest;
        if (before != null) {
            changes.addAndGet(changesBetween(before, state));
        }
        latest = state;
        follower.accept(state);
    }

    private static int changesBetween(ClusterState before, ClusterState after) {
        Map<UniqueAddress, MemberStatus> known = new HashMap<>();
        before.members().forEach(member -> known.put(member.uniqueAddress(), member.status()));
        int changed = 0;
        for (Member member : after.members()) {
            changed += member.status() == known.remove(member.uniqueAddress()) ? 0 : 1;
        }
        return changed + known.size();
    }
}
