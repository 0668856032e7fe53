package dev.outrigger.backup;

import dev.outrigger.backup.restore.FilePlanStore;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.task.FileTaskStore;
import dev.outrigger.task.TaskStore;
import dev.outrigger.task.TaskStoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What jobs leave behind for the next start: their records, and the plans of restores.
 *
 * @param tasks the records
 * @param plans the plans, the host's own or in files
 * @param owned the plans in files, to be closed with this
 */
record BackupRecords(TaskStore tasks, PlanStore plans, Optional<FilePlanStore> owned) implements AutoCloseable {

    /**
     * Opens them below a directory, which one process can have at a time.
     *
     * @param hosts where the host keeps plans, if not here
     * @throws IOException if the plans cannot be opened
     * @throws TaskStoreException if the records cannot be opened
     */
    static BackupRecords open(Path state, Optional<PlanStore> hosts) throws IOException {
        TaskStore tasks = FileTaskStore.open(state.resolve("tasks"));
        try {
            Optional<FilePlanStore> owned =
                    hosts.isPresent() ? Optional.empty() : Optional.of(FilePlanStore.open(state.resolve("plans")));
            PlanStore plans = hosts.isPresent() ? hosts.get() : owned.orElseThrow();
            return new BackupRecords(tasks, plans, owned);
        } catch (IOException | RuntimeException e) {
            tasks.close();
            throw e;
        }
    }

    @Override
    public void close() {
        tasks.close();
        owned.ifPresent(FilePlanStore::close);
    }
}
