package dev.outrigger.backup.restore;

import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.file.DirectoryLock;
import dev.outrigger.file.DurableFile;
import dev.outrigger.json.JsonFormatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the plans of restores in a directory of the node's own, one file each, for one process at a time.
 *
 * <pre>
 *   {restore}.plan              a plan, with its version and checksum before it
 *   {restore}.plan.unreadable   one that could not be read, put aside for people to look at
 *   .{restore}.plan.tmp         one that is being written
 *   .lock                       held by the process that has the store
 * </pre>
 *
 * <p>A plan is written beside the old one, forced to the disk, renamed over it, and the directory forced: whenever the process or the
 * machine dies, there is the old version or the new. Files are their owner's alone.
 */
@SuppressWarnings("NonAtomicVolatileUpdate")
public final class FilePlanStore implements PlanStore, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FilePlanStore.class);
    private static final String SUFFIX = ".plan";
    private static final String ASIDE = ".unreadable";
    private static final String TEMPORARY = ".tmp";

    private final Path directory;
    private final DirectoryLock lock;

    /** What is on the disk. Guarded by this. */
    private final Map<RestoreId, StoredPlan> plans = new HashMap<>();

    /** Guarded by this. */
    private boolean closed;

    private volatile long unreadable;

    private FilePlanStore(Path directory, DirectoryLock lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /**
     * Opens the store in a directory, which is made where there is none, and reads what is there. What cannot be read is reported in
     * the log and by {@link #unreadable}, and keeps no other plan from being read.
     *
     * @throws IOException if another process has it, or the directory cannot be used
     */
    public static FilePlanStore open(Path directory) throws IOException {
        Path absolute = directory.toAbsolutePath();
        DurableFile.createDirectories(absolute);
        FilePlanStore store = new FilePlanStore(absolute, lock(absolute));
        try {
            store.readAll();
            return store;
        } catch (IOException | RuntimeException e) {
            store.lock.close();
            throw e;
        }
    }

    private static DirectoryLock lock(Path directory) throws IOException {
        return DirectoryLock.tryTake(directory)
                .orElseThrow(() ->
                        new IOException("plan store " + directory + ": taken (expected: no other process has it)"));
    }

    private synchronized void readAll() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            files.forEach(found::add);
        }
        for (Path file : found) {
            String name = file.getFileName().toString();
            if (name.endsWith(SUFFIX + TEMPORARY)) {
                Files.deleteIfExists(file); // The process died before this became a version of anything.
            } else if (name.endsWith(SUFFIX)) {
                read(file, name.substring(0, name.length() - SUFFIX.length()));
            }
        }
    }

    private void read(Path file, String id) throws IOException {
        byte[] document;
        try {
            document = Files.readAllBytes(file);
        } catch (IOException e) {
            // It may be the machine that is unwell, not the plan: the next start tries again.
            unreadable++;
            LOG.error("The plan {} cannot be read, and is left as it is", file.getFileName(), e);
            return;
        }
        try {
            StoredPlan plan = PlanDocument.decode(document, new RestoreId(id));
            plans.put(plan.restore(), plan);
        } catch (JsonFormatException | IllegalArgumentException e) {
            putAside(file, e);
        }
    }

    private void putAside(Path file, RuntimeException reason) throws IOException {
        unreadable++;
        Path aside = file.resolveSibling(file.getFileName() + ASIDE);
        Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        LOG.error("The plan {} is unreadable, and was put aside: {}", file.getFileName(), reason.getMessage());
    }

    /** How many plans could not be read when the store was opened. */
    public long unreadable() {
        return unreadable;
    }

    @Override
    public synchronized List<StoredPlan> list() throws IOException {
        requireOpen();
        return plans.values().stream().map(FilePlanStore::copy).toList();
    }

    @Override
    public synchronized Optional<StoredPlan> read(RestoreId restore) throws IOException {
        requireOpen();
        return Optional.ofNullable(plans.get(restore)).map(FilePlanStore::copy);
    }

    @Override
    public synchronized OptionalLong write(RestoreId restore, long expectedVersion, byte[] content) throws IOException {
        requireOpen();
        StoredPlan there = plans.get(restore);
        if ((there == null ? ABSENT : there.version()) != expectedVersion) {
            return OptionalLong.empty();
        }
        StoredPlan plan = new StoredPlan(restore, expectedVersion + 1, content.clone());
        DurableFile.write(file(restore), PlanDocument.encode(plan));
        plans.put(restore, plan); // It is on the disk now, if not for certain after a failure of the machine.
        DurableFile.forceDirectory(directory);
        return OptionalLong.of(plan.version());
    }

    @Override
    public synchronized void remove(RestoreId restore) throws IOException {
        requireOpen();
        if (Files.deleteIfExists(file(restore))) {
            plans.remove(restore);
            DurableFile.forceDirectory(directory);
        }
    }

    private static StoredPlan copy(StoredPlan plan) {
        return new StoredPlan(plan.restore(), plan.version(), plan.content().clone());
    }

    private Path file(RestoreId restore) {
        return directory.resolve(restore.value() + SUFFIX);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("plan store: closed (expected: open)");
        }
    }

    /** Lets another process have the store. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            lock.close();
        }
    }
}
