package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.restore.SharedPlan;
import dev.outrigger.backup.restore.SharedPlans;
import dev.outrigger.backup.restore.SharedProgress;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.ShardPlacement;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskProgress;
import dev.outrigger.task.TaskResult;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows a restore that all members of a cluster carry out, as a task on its coordinator: tells how far they are, calls it off where that
 * is wanted, and keeps the outcome. The restore does not depend on it.
 */
final class FollowTask implements TaskHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FollowTask.class);

    private final SharedPlans plans;
    private final ShardPlacement placement;
    private final BackupFigures figures;
    private final Duration pause;

    FollowTask(SharedPlans plans, ShardPlacement placement, BackupFigures figures, Duration pause) {
        this.plans = requireNonNull(plans, "plans");
        this.placement = requireNonNull(placement, "placement");
        this.figures = requireNonNull(figures, "figures");
        this.pause = requireNonNull(pause, "pause");
    }

    @Override
    public TaskResult run(TaskContext context) throws TaskFailure, InterruptedException {
        RestoreId restore = new RestoreId(context.task().payload());
        TaskControl control = new TaskControl(context, bytes -> {});
        boolean failing = false;
        while (true) {
            try {
                control.check();
                Optional<TaskResult> ended = look(context, restore);
                if (ended.isPresent()) {
                    return ended.get();
                }
                failing = false;
            } catch (JobStoppedException e) {
                callOff(control, restore);
                throw control.letGo(e);
            } catch (IOException e) {
                if (!failing) {
                    LOG.warn("The plan of restore {} cannot be read; looked at again", restore, e);
                }
                failing = true;
            }
            Thread.sleep(pause.toMillis());
        }
    }

    private Optional<TaskResult> look(TaskContext context, RestoreId restore) throws IOException, TaskFailure {
        Optional<SharedPlan> plan = plans.read(restore);
        if (plan.isEmpty()) {
            return Optional.of(RestoreTask.endedBefore(context));
        }
        SharedProgress progress = SharedProgress.of(plan.get(), placement);
        context.progress(TaskProgress.in(progress.phase()).shards(progress.done(), progress.total()));
        return progress.isDone() ? Optional.of(ended(context, plan.get())) : Optional.empty();
    }

    private TaskResult ended(TaskContext context, SharedPlan plan) throws IOException, TaskFailure {
        String status = RestoreTask.status(plan.outcome());
        String document = new String(BackupDocuments.restore(context.task().id(), plan.outcome(), status), UTF_8);
        context.save(JobOutcome.ended(document));
        plans.remove(plan.restore());
        figures.restore().ended(status, context.task().createdAt());
        return RestoreTask.result(document);
    }

    /** Where the store of plans does not answer now, the node's own look at the plans does it, as long as the job is a canceled one. */
    private void callOff(TaskControl control, RestoreId restore) {
        if (!control.isCanceled()) {
            return;
        }
        try {
            plans.callOff(restore, "canceled");
        } catch (IOException e) {
            LOG.warn("The plan of restore {} could not be called off yet", restore, e);
        }
    }
}
