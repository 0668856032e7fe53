package dev.outrigger.backup.restore;

import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The plan of one restore while it is carried out: each step is written down before the next is taken. Safe for use by many threads. */
final class PlanLedger {

    private final PlanStore plans;
    private RestorePlan plan; // guarded by this
    private long version; // guarded by this

    private PlanLedger(PlanStore plans, RestorePlan plan, long version) {
        this.plans = plans;
        this.plan = plan;
        this.version = version;
    }

    /** Opens the ledger of a restore, if there is one. */
    static Optional<PlanLedger> open(PlanStore plans, RestoreId restore) throws IOException {
        return plans.read(restore)
                .map(stored -> new PlanLedger(plans, RestorePlan.decode(stored.content()), stored.version()));
    }

    synchronized RestorePlan plan() {
        return plan;
    }

    /**
     * Writes down a step of one table.
     *
     * @throws StoreFailedException if it is not known whether it is written down: nothing may be done upon it
     */
    synchronized void step(TableName target, UnaryOperator<PlannedTable> step) throws StoreFailedException {
        RestorePlan next = plan.with(step.apply(plan.table(target)));
        try {
            version = plans.write(next.restore(), version, next.encode())
                    .orElseThrow(() -> new IOException("the plan of a restore was changed by somebody else"));
        } catch (IOException e) {
            throw new StoreFailedException(e);
        }
        plan = next;
    }
}
