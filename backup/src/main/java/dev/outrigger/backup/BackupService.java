package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.create.BackupOrder;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.job.RefusedException.Reason;
import dev.outrigger.backup.location.Location;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.task.Task;
import dev.outrigger.task.TaskPage;
import dev.outrigger.task.TaskQueue;
import dev.outrigger.task.TaskRequest;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Orders backups: checks what can be checked without side effect, and records the job. Safe for use by many threads. */
final class BackupService {

    private static final int TOKEN_BYTES = 16;

    private final StoreDoor door;
    private final TaskQueue queue;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    BackupService(StoreDoor door, TaskQueue queue, InstantSource clock) {
        this.door = requireNonNull(door, "door");
        this.queue = requireNonNull(queue, "queue");
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * Orders a backup.
     *
     * @param tables in the order asked; none for all
     * @return its job
     * @throws RefusedException if the location may not be used, the store is not fit, or the id is taken
     * @throws IOException if the store failed
     */
    Task order(BackupId id, Location location, List<TableName> tables) throws IOException, RefusedException {
        try (ObjectStore store = door.open(location)) {
            door.traits(location, store);
            BackupNames names = new BackupNames(id);
            if (store.stat(names.manifest()).isPresent()) {
                throw conflict(id, "that is not there: there is a backup of that id, or what is left of one");
            }
            if (store.stat(names.claim()).isPresent() || isOrdered(id, location)) {
                throw conflict(id, "that is not being written");
            }
        }
        byte[] order = new BackupOrder(id, location.toString(), tables, token(), clock.instant()).encode();
        if (order.length > TaskRequest.MAX_PAYLOAD_BYTES) {
            throw new RefusedException(
                    Reason.MALFORMED, "table_names: " + tables.size() + " (expected: fewer, or all by naming none)");
        }
        return queue.enqueue(TaskRequest.of(BackupTask.TYPE, new String(order, UTF_8)));
    }

    private static RefusedException conflict(BackupId id, String expected) {
        return new RefusedException(Reason.CONFLICT, "backup_id: '" + id + "' (expected: one " + expected + ")");
    }

    /** Tells whether a job for that backup waits or runs here, which may not have claimed the id yet. */
    private boolean isOrdered(BackupId id, Location location) {
        return queue.list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                .filter(task ->
                        task.type().equals(BackupTask.TYPE) && !task.state().isFinal())
                .map(task -> BackupOrder.decode(task.payload().getBytes(UTF_8)))
                .anyMatch(order -> order.id().equals(id) && order.location().equals(location.toString()));
    }

    /** Returns the locations that jobs here have written to, as far as is remembered, and may have left something at. */
    Set<Location> locations() {
        return queue.list(TaskPage.newest(Integer.MAX_VALUE)).stream()
                .filter(task -> task.type().equals(BackupTask.TYPE))
                .map(task -> Location.parse(
                        BackupOrder.decode(task.payload().getBytes(UTF_8)).location()))
                .collect(Collectors.toSet());
    }

    private String token() {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }
}
