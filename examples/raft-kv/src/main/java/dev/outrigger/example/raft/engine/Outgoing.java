package dev.outrigger.example.raft.engine;

import static java.nio.file.StandardOpenOption.READ;
import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.store.ReplicaStore;
import dev.outrigger.example.raft.store.WireReader;
import dev.outrigger.example.raft.store.WireWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The checkpoints of a replica that others fetch, file by file and piece by piece, when they cannot apply the log. The last two are kept;
 * whoever is in the middle of an older one begins anew. Safe for use by many threads.
 */
final class Outgoing {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int KEPT = 2;
    private static final int PIECE_BYTES = 1 << 20;

    private final ReplicaStore store;
    private long made; // guarded by this

    Outgoing(ReplicaStore store) {
        this.store = requireNonNull(store, "store");
    }

    /** Makes a checkpoint; answers its name, term and index of the last entry in it, and name and length of each file. */
    synchronized byte[] open() throws IOException {
        Files.createDirectories(store.home().outgoing());
        List<Path> old = Directories.list(store.home().outgoing());
        for (Path checkpoint : old.subList(0, Math.max(0, old.size() - KEPT + 1))) {
            Directories.delete(checkpoint);
        }
        Path place = store.home().outgoing().resolve("%012d".formatted(++made));
        Directories.delete(place);
        Position at = store.checkpoint(place);
        WireWriter out = new WireWriter()
                .text(String.valueOf(place.getFileName()))
                .number(at.term())
                .number(at.index());
        for (Path file : Directories.list(place)) {
            String name = String.valueOf(file.getFileName());
            if (Directories.isDatabaseFile(name)) {
                out.text(name).number(Files.size(file));
            }
        }
        return out.done();
    }

    /**
     * Answers a piece of a file: as much as fits from an offset on; nothing at its end.
     *
     * @throws NoSuchFileException if the checkpoint is gone
     * @throws IllegalArgumentException if it is no question for a piece
     */
    byte[] piece(byte[] question) throws IOException {
        WireReader in = new WireReader(question);
        Path directory = store.home().outgoing().resolve(name(in));
        Path file = directory.resolve(name(in));
        long offset = in.number();
        ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
        try (FileChannel channel = FileChannel.open(file, READ)) {
            channel.position(offset);
            while (piece.hasRemaining() && channel.read(piece) >= 0) {
                // until it is full or the file is at its end
            }
        }
        byte[] read = new byte[piece.position()];
        piece.flip().get(read);
        return read;
    }

    /** Puts the question together that {@link #piece} answers. */
    static byte[] askForPiece(String checkpoint, String file, long offset) {
        return new WireWriter().text(checkpoint).text(file).number(offset).done();
    }

    private static String name(WireReader in) {
        String name = in.text();
        if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException("name: not usable (expected: " + NAME + ")");
        }
        return name;
    }
}
