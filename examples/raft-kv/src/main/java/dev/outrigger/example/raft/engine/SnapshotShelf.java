package dev.outrigger.example.raft.engine;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.store.ReplicaHome;
import dev.outrigger.example.raft.store.ReplicaStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotInfo;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.impl.FileListSnapshotInfo;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one replica: checkpoints of its database, each in a directory called after the last entry in it, such as {@code 3_1200}. Raft
 * sends the newest to members that lag too far, and replaces the whole directory where it receives one.
 */
final class SnapshotShelf implements StateMachineStorage {

    private static final Pattern NAME = Pattern.compile("(\\d{1,18})_(\\d{1,18})");

    private final ReplicaHome home;

    SnapshotShelf(ReplicaHome home) {
        this.home = requireNonNull(home, "home");
    }

    /**
     * Takes a snapshot now, unless there is one of that index.
     *
     * @return the last entry that is in it
     */
    Position take(ReplicaStore store) throws IOException {
        Files.createDirectories(home.temporary());
        Path made = Files.createTempDirectory(home.temporary(), "snapshot-").resolve("database");
        Position at = store.checkpoint(made);
        Files.createDirectories(home.snapshots());
        Path place = home.snapshots().resolve(at.term() + "_" + at.index());
        if (Files.notExists(place)) {
            Files.move(made, place, ATOMIC_MOVE);
            Directories.force(home.snapshots()); // before the log that it replaces is cut
        }
        Directories.delete(requireNonNull(made.getParent()));
        return at;
    }

    /** Returns where the newest snapshot lies. */
    Optional<Path> newest() {
        List<Path> all = all();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Returns the last entry in a snapshot. */
    static Position positionOf(Path snapshot) {
        Matcher name = NAME.matcher(String.valueOf(snapshot.getFileName()));
        if (!name.matches()) {
            throw new IllegalArgumentException("snapshot: " + snapshot + " (expected: TERM_INDEX)");
        }
        return new Position(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
    }

    @Override
    public void init(RaftStorage storage) {}

    @Override
    public @Nullable SnapshotInfo getLatestSnapshot() {
        return newest().map(SnapshotShelf::info).orElse(null);
    }

    @Override
    public void format() {}

    @Override
    public void cleanupOldSnapshots(SnapshotRetentionPolicy policy) throws IOException {
        List<Path> all = all();
        int kept = Math.max(1, policy.getNumSnapshotsRetained());
        for (Path snapshot : all.subList(0, Math.max(0, all.size() - kept))) {
            Directories.delete(snapshot);
        }
    }

    @Override
    public File getSnapshotDir() {
        return home.snapshots().toFile();
    }

    @Override
    public File getTmpDir() {
        return home.temporary().toFile();
    }

    /** Returns the snapshots, oldest first. */
    private List<Path> all() {
        try {
            return Directories.list(home.snapshots()).stream()
                    .filter(entry ->
                            NAME.matcher(String.valueOf(entry.getFileName())).matches())
                    .sorted(Comparator.comparingLong(entry -> positionOf(entry).index()))
                    .toList();
        } catch (IOException e) {
            return List.of(); // it is being replaced
        }
    }

    private static @Nullable SnapshotInfo info(Path snapshot) {
        Position at = positionOf(snapshot);
        List<FileInfo> files = new ArrayList<>();
        try {
            for (Path file : Directories.list(snapshot)) {
                if (Directories.isDatabaseFile(String.valueOf(file.getFileName())) && Files.size(file) > 0) {
                    files.add(new FileInfo(file, null)); // the digest is taken on the way
                }
            }
        } catch (IOException e) {
            return null; // it is being removed
        }
        return files.isEmpty() ? null : new FileListSnapshotInfo(files, TermIndex.valueOf(at.term(), at.index()));
    }
}
