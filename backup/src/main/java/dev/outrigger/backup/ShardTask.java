package dev.outrigger.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.archive.ChangedFileException;
import dev.outrigger.backup.create.BackupConflictException;
import dev.outrigger.backup.create.BackupSite;
import dev.outrigger.backup.create.ShardErrand;
import dev.outrigger.backup.create.ShardOrder;
import dev.outrigger.backup.create.ShardReport;
import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.JobStoppedException;
import dev.outrigger.backup.job.JobStoppedException.Reason;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.StoreFailedException;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskFailure;
import dev.outrigger.task.TaskHandler;
import dev.outrigger.task.TaskResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the shards of a backup that another member, or this one, coordinates, as a task. There is one attempt: whether there is to be
 * another, and where, is the coordinator's to say, who removes what this one has left.
 */
final class ShardTask implements TaskHandler {

    static final String TYPE = "backup-shards";

    private static final Logger LOG = LoggerFactory.getLogger(ShardTask.class);

    private final BackupSite site;
    private final StoreDoor door;
    private final ShardDesk desk;
    private final BackupFigures figures;

    ShardTask(BackupSite site, StoreDoor door, ShardDesk desk, BackupFigures figures) {
        this.site = requireNonNull(site, "site");
        this.door = requireNonNull(door, "door");
        this.desk = requireNonNull(desk, "desk");
        this.figures = requireNonNull(figures, "figures");
    }

    @Override
    public TaskResult run(TaskContext context) throws TaskFailure {
        ShardOrder order = ShardDesk.order(context.task());
        TaskControl control = new TaskControl(context, figures.backup()::moved);
        try (ObjectStore store = door.open(Location.parse(order.location()))) {
            return result(new ShardErrand(site, order, store, new WhileWanted(control, order)).run());
        } catch (JobStoppedException e) {
            throw stopped(e, control, order);
        } catch (TaskFailure e) {
            throw e;
        } catch (BackupConflictException | RefusedException | ChangedFileException e) {
            throw TaskFailure.terminal(String.valueOf(e.getMessage()));
        } catch (StoreFailedException e) {
            LOG.warn("Shards {} of {} were not written", order.shards(), order.table(), e);
            throw TaskFailure.terminal(Problems.NO_ANSWER);
        } catch (Exception e) {
            LOG.warn("Shards {} of {} were not written", order.shards(), order.table(), e);
            throw TaskFailure.terminal("the shards could not be written; the log of this member has more");
        } finally {
            desk.over(order);
        }
    }

    /** A member that closes does not keep its coordinator waiting until it is back. */
    private TaskFailure stopped(JobStoppedException stopped, TaskControl control, ShardOrder order) {
        if (control.isCanceled()) {
            throw control.letGo(stopped);
        }
        return TaskFailure.terminal(desk.isWanted(order) ? "the node closes" : "nobody asks for it any more");
    }

    private static TaskResult result(ShardReport report) throws TaskFailure {
        try {
            return TaskResult.of(report::writeTo);
        } catch (RuntimeException e) {
            throw TaskFailure.terminal("what the host keeps about the table is too large for a backup of many nodes");
        }
    }

    /** Ends the job of a coordinator that is gone. */
    private final class WhileWanted implements JobControl {

        private final TaskControl control;
        private final ShardOrder order;

        private WhileWanted(TaskControl control, ShardOrder order) {
            this.control = control;
            this.order = order;
        }

        @Override
        public void phase(String name, long totalBytes, int totalShards) {
            control.phase(name, totalBytes, totalShards);
        }

        @Override
        public void moved(long bytes) {
            control.moved(bytes);
        }

        @Override
        public void shardDone() {
            control.shardDone();
        }

        @Override
        public void log(String line) {
            control.log(line);
        }

        @Override
        public void check() {
            control.check();
            if (!desk.isWanted(order)) {
                throw new JobStoppedException(Reason.CLOSING);
            }
        }
    }
}
