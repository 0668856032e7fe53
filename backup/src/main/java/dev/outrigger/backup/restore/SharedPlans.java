package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plans that the members of a cluster share, each changed by compare-and-set. Safe for use by many threads. */
public final class SharedPlans {

    private static final Logger LOG = LoggerFactory.getLogger(SharedPlans.class);

    /** So that a store that never takes a change, and never says why, keeps nobody for ever. */
    private static final int MOST_TRIES = 100;

    private final PlanStore store;

    /** Reads and changes what is in a host's store. */
    public SharedPlans(PlanStore store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * What is in the store.
     *
     * @param plans that can be read, in any order
     * @param others what is there and is none, or cannot be understood: nothing of it is touched
     */
    record Found(List<SharedPlan> plans, List<RestoreId> others) {}

    Found list() throws IOException {
        List<SharedPlan> plans = new ArrayList<>();
        List<RestoreId> others = new ArrayList<>();
        for (StoredPlan stored : store.list()) {
            Optional<SharedPlan> plan = decode(stored);
            plan.ifPresent(plans::add);
            if (plan.isEmpty()) {
                others.add(stored.restore());
            }
        }
        return new Found(plans, others);
    }

    /** Returns one plan, if it is there. */
    public Optional<SharedPlan> read(RestoreId restore) throws IOException {
        return store.read(restore).flatMap(SharedPlans::decode);
    }

    private static Optional<SharedPlan> decode(StoredPlan stored) {
        if (ClockRegister.isOne(stored.restore())) {
            return Optional.empty();
        }
        try {
            return Optional.of(SharedPlan.decode(stored.content()));
        } catch (RuntimeException e) {
            LOG.error("The plan of restore {} cannot be understood, and is left as it is", stored.restore(), e);
            return Optional.empty();
        }
    }

    /** Writes a plan that is not there yet. */
    void create(SharedPlan plan) throws IOException {
        if (store.write(plan.restore(), PlanStore.ABSENT, plan.encode()).isEmpty()) {
            throw new IOException("the id of a restore is taken");
        }
    }

    /**
     * Changes a plan, whatever others change meanwhile. A step that changes nothing is not written.
     *
     * @param step of what is there; may be asked more than once
     * @return the plan afterwards; empty if it is not there
     * @throws IOException if it is not known whether it was changed
     */
    Optional<SharedPlan> change(RestoreId restore, UnaryOperator<SharedPlan> step) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Optional<StoredPlan> stored = store.read(restore);
            Optional<SharedPlan> plan = stored.flatMap(SharedPlans::decode);
            if (plan.isEmpty()) {
                return Optional.empty();
            }
            SharedPlan next = step.apply(plan.get());
            if (next.equals(plan.get())) {
                return plan;
            }
            OptionalLong version = store.write(restore, stored.orElseThrow().version(), next.encode());
            if (version.isPresent()) {
                return Optional.of(next);
            }
        }
        throw new IOException("the plan of restore " + restore + " changes all the time");
    }

    /** Settles what is not live yet: nobody wants it any more. Tables that are live stay so. */
    public Optional<SharedPlan> callOff(RestoreId restore, String why) throws IOException {
        return change(restore, plan -> plan.calledOff(why));
    }

    /** Removes a plan of which nothing is left to be done. */
    public void remove(RestoreId restore) throws IOException {
        store.remove(restore);
    }
}
