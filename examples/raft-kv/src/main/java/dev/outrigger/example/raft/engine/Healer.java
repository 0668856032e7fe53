package dev.outrigger.example.raft.engine;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.Objects.requireNonNull;

import dev.outrigger.example.raft.store.Directories;
import dev.outrigger.example.raft.store.Position;
import dev.outrigger.example.raft.store.ReplicatedState;
import dev.outrigger.example.raft.store.WireReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Heals a replica by the state of the group's leader: a checkpoint made there at or beyond the entry in question, fetched over reads of the
 * group, and put in the place of the database. A replica that leads itself hands that over first.
 */
final class Healer implements Healing {

    private final Router router;
    private final Configurations configurations;
    private final LocalDivisions divisions;

    Healer(Router router, Configurations configurations, LocalDivisions divisions) {
        this.router = requireNonNull(router, "router");
        this.configurations = requireNonNull(configurations, "configurations");
        this.divisions = requireNonNull(divisions, "divisions");
    }

    @Override
    public void heal(GroupName group, ReplicatedState state, Position entry) throws Exception {
        if (divisions.leads(group)) {
            configurations.handOver(group);
            throw new IOException(group + ": led by this node until now");
        }
        Path incoming = state.store().home().incoming();
        Directories.delete(incoming);
        Files.createDirectories(incoming);
        Position at = fetch(group, incoming);
        if (at.index() < entry.index()) {
            throw new IOException(group + ": the leader is at " + at.index() + " (expected: >= " + entry.index() + ")");
        }
        Directories.requireDatabase(incoming);
        state.replaceBy(incoming, at);
        Directories.delete(incoming);
    }

    private Position fetch(GroupName group, Path incoming) throws IOException {
        WireReader listing = new WireReader(router.read(group, Question.OUTGOING, new byte[0]));
        String checkpoint = listing.text();
        long term = listing.number();
        Position at = new Position(term, listing.number());
        while (listing.hasMore()) {
            String name = listing.text();
            fetch(group, checkpoint, name, listing.number(), incoming);
        }
        return at;
    }

    private void fetch(GroupName group, String checkpoint, String name, long length, Path incoming) throws IOException {
        if (!Directories.isDatabaseFile(name) || name.contains("/")) {
            throw new IOException("file: not usable (expected: one of a database)");
        }
        try (FileChannel file = FileChannel.open(incoming.resolve(name), CREATE_NEW, WRITE)) {
            long done = 0;
            while (done < length) {
                byte[] piece = router.read(group, Question.PIECE, Outgoing.askForPiece(checkpoint, name, done));
                if (piece.length == 0) {
                    throw new IOException(name + " is shorter than it was");
                }
                ByteBuffer bytes = ByteBuffer.wrap(piece);
                while (bytes.hasRemaining()) {
                    done += file.write(bytes);
                }
            }
        }
    }
}
