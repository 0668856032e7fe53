package dev.outrigger.backup;

import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** Plans in the memory of a test, which outlive the processes that it lets die. */
public final class MemoryPlans implements PlanStore {

    private final Map<RestoreId, StoredPlan> plans;
    private volatile Steps steps = Steps.UNSEEN;

    /** No plans. */
    public MemoryPlans() {
        this(new ConcurrentHashMap<>());
    }

    private MemoryPlans(Map<RestoreId, StoredPlan> plans) {
        this.plans = plans;
    }

    /** The same plans, as another member sees them. */
    public MemoryPlans elsewhere() {
        return new MemoryPlans(plans);
    }

    /** Tells of each operation from now on. */
    public void steps(Steps steps) {
        this.steps = steps;
    }

    @Override
    public List<StoredPlan> list() throws IOException {
        return steps.taking("list plans", () -> List.copyOf(plans.values()));
    }

    @Override
    public Optional<StoredPlan> read(RestoreId restore) throws IOException {
        return steps.taking("read plan", () -> Optional.ofNullable(plans.get(restore)));
    }

    @Override
    public OptionalLong write(RestoreId restore, long expectedVersion, byte[] content) throws IOException {
        return steps.taking("write plan", () -> {
            StoredPlan next = new StoredPlan(restore, expectedVersion + 1, content.clone());
            StoredPlan now = plans.compute(restore, (id, stored) -> {
                long version = stored == null ? ABSENT : stored.version();
                return version == expectedVersion ? next : stored;
            });
            boolean written = next.equals(now); // of its own content, and no other's
            return written ? OptionalLong.of(next.version()) : OptionalLong.empty();
        });
    }

    @Override
    public void remove(RestoreId restore) throws IOException {
        steps.doing("remove plan", () -> plans.remove(restore));
    }
}
