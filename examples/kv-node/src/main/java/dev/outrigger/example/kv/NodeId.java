package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.file.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Names one node among all that keep backups at the same place: what is left of a backup there is removed by the node that began it, and
 * by no other. Goes with the data, in the file {@code node-id}.
 */
public final class NodeId {

    private static final String FILE = "node-id";

    private NodeId() {}

    /**
     * Returns the name of the node whose data is in a directory, which is given one where it has none.
     *
     * @param product what the name begins with
     * @throws IOException if it can be neither read nor written
     */
    public static String of(Path data, String product) throws IOException {
        Path file = data.resolve(FILE);
        try {
            return Files.readString(file, US_ASCII).strip();
        } catch (NoSuchFileException e) {
            String id = product + "-" + UUID.randomUUID();
            DurableFile.write(file, (id + "\n").getBytes(US_ASCII));
            DurableFile.forceDirectory(data);
            return id;
        }
    }
}
