package dev.outrigger.task;

import dev.outrigger.file.DirectoryLock;
import dev.outrigger.file.DurableFile;
import dev.outrigger.task.TaskStoreException.Reason;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tasks in a directory of the node's own, one file each, for one process at a time.
 *
 * <pre>
 *   {id}.json              a task, as {@link TaskRecord} writes it
 *   {id}.json.unreadable   one that could not be read, put aside for people to look at
 *   .{id}.json.tmp         one that is being written
 *   .lock                  held by the process that has the store
 * </pre>
 *
 * <p>A change is written beside the old file, forced to the disk, renamed over it, and the directory forced: whenever the process or
 * the machine dies, there is the old version or the new. Files are their owner's alone. Safe for any thread; a change takes as
 * long as a forced write does.
 */
public final class FileTaskStore implements TaskStore {

    private static final Logger LOG = LoggerFactory.getLogger("outrigger.task");
    private static final String SUFFIX = ".json";
    private static final String ASIDE = ".unreadable";
    private static final String TEMPORARY = ".tmp";

    private final Path directory;
    private final DirectoryLock lock;

    /** What is on the disk. Guarded by this. */
    private final Map<TaskId, Task> tasks = new HashMap<>();

    /** Guarded by this. */
    private boolean closed;

    private final AtomicLong unreadable = new AtomicLong();

    private FileTaskStore(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens the store in a directory, which is made where there is none, and reads what is there.
     *
     * @throws TaskStoreException if another process has it ({@link Reason#TAKEN}), or it cannot be read or written
     */
    public static FileTaskStore open(Path directory) {
        Path absolute = directory.toAbsolutePath();
        try {
            DurableFile.createDirectories(absolute);
            FileTaskStore store = new FileTaskStore(absolute, lock(absolute));
            try {
                store.readAll();
                return store;
            } catch (IOException | RuntimeException e) {
                store.lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new TaskStoreException(Reason.UNREADABLE, "task store " + absolute + ": cannot be opened", e);
        }
    }

    private static DirectoryLock lock(Path directory) throws IOException {
        return DirectoryLock.tryTake(directory)
                .orElseThrow(() -> new TaskStoreException(
                        Reason.TAKEN, "task store " + directory + ": taken (expected: no other process has it)"));
    }

    private synchronized void readAll() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX + TEMPORARY)) {
                    Files.deleteIfExists(file); // The process died before this became a version of anything.
                } else if (name.endsWith(SUFFIX)) {
                    read(file, name.substring(0, name.length() - SUFFIX.length()));
                }
            }
        }
    }

    private void read(Path file, String id) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            // It may be the machine that is unwell, not the record: the next start tries again.
            unreadable.incrementAndGet();
            LOG.error("Task record {} cannot be read, and is left as it is", file.getFileName(), e);
            return;
        }
        try {
            Task task = TaskRecord.decode(bytes);
            if (!task.id().value().equals(id)) {
                throw new IllegalArgumentException("task record: another id (expected: the file's name)");
            }
            tasks.put(task.id(), task);
        } catch (IllegalArgumentException e) {
            putAside(file, e);
        }
    }

    private void putAside(Path file, IllegalArgumentException reason) throws IOException {
        unreadable.incrementAndGet();
        Path aside = file.resolveSibling(file.getFileName() + ASIDE);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        LOG.error("Task record {} is unreadable, and was put aside: {}", file.getFileName(), reason.getMessage());
    }

    @Override
    public synchronized List<Task> load() {
        requireOpen();
        return List.copyOf(tasks.values());
    }

    @Override
    public synchronized Optional<Task> find(TaskId id) {
        requireOpen();
        return Optional.ofNullable(tasks.get(id));
    }

    @Override
    public synchronized boolean put(Task task) {
        requireOpen();
        Task recorded = tasks.get(task.id());
        if ((recorded == null ? 0 : recorded.version()) != task.version() - 1) {
            return false;
        }
        byte[] bytes = TaskRecord.encode(task);
        try {
            DurableFile.write(file(task.id()), bytes);
            tasks.put(task.id(), task);
            DurableFile.forceDirectory(directory);
            return true;
        } catch (IOException e) {
            throw notWritten(task, e);
        }
    }

    @Override
    public synchronized boolean remove(Task task) {
        requireOpen();
        Task recorded = tasks.get(task.id());
        if (recorded == null || !recorded.equals(task)) {
            return false;
        }
        try {
            Files.deleteIfExists(file(task.id()));
            tasks.remove(task.id());
            return true; // Not forced: one that comes back is finished, and is removed again.
        } catch (IOException e) {
            throw notWritten(task, e);
        }
    }

    private TaskStoreException notWritten(Task task, IOException e) {
        return new TaskStoreException(
                Reason.NOT_WRITTEN, "task store " + directory + ": " + task + " cannot be written", e);
    }

    private Path file(TaskId id) {
        return directory.resolve(id.value() + SUFFIX);
    }

    private void requireOpen() {
        if (closed) {
            throw new TaskStoreException(Reason.CLOSED, "task store " + directory + ": closed");
        }
    }

    /** Always false. */
    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public long unreadable() {
        return unreadable.get();
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lock.close();
        }
    }
}
