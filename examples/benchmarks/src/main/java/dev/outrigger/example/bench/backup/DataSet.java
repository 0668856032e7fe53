package dev.outrigger.example.bench.backup;

import dev.outrigger.backup.spi.ShardFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The files that are backed up: all of one length, spread over shards, at most 256 in a directory. On disk a shard is a directory that
 * is called by its number.
 *
 * @param files how many
 * @param fileBytes how long each is
 * @param shards how many
 */
record DataSet(int files, long fileBytes, int shards) {

    private static final int PER_DIRECTORY = 256;
    private static final int PIECE_BYTES = 256 << 10;

    DataSet {
        if (files < shards || shards < 1 || fileBytes < 1) {
            throw new IllegalArgumentException("files, bytes, shards: " + files + ", " + fileBytes + ", " + shards
                    + " (expected: a byte in a file, and a file in a shard, or more)");
        }
    }

    /** Reads the three numbers out of a command's arguments. */
    static DataSet of(List<String> arguments) {
        return new DataSet(
                Integer.parseInt(arguments.get(0)),
                Long.parseLong(arguments.get(1)),
                Integer.parseInt(arguments.get(2)));
    }

    /** The files of one shard as they lie on disk. */
    List<ShardFile> stored(int shard, Path root) throws IOException {
        Path directory = root.resolve(Integer.toString(shard));
        List<ShardFile> stored = new ArrayList<>();
        for (int file : filesOf(shard).toArray()) {
            String path = path(file);
            stored.add(ShardFile.of(path, directory.resolve(path)));
        }
        return stored;
    }

    /** The files of one shard, which lie nowhere and are made as they are read. */
    List<ShardFile> synthetic(int shard) {
        return filesOf(shard)
                .mapToObj(file -> new ShardFile(path(file), fileBytes, () -> content(file)))
                .toList();
    }

    /** Writes all files below a directory. */
    void write(Path root) throws IOException {
        for (int file = 0; file < files; file++) {
            Path target = file(root, file);
            Files.createDirectories(target.getParent());
            try (OutputStream out = Files.newOutputStream(target)) {
                content(file).transferTo(out);
            }
        }
    }

    /** Looks for a file below a directory that is not as it should be, or should not be there, or is missing. */
    Optional<String> difference(Path root) throws IOException {
        for (int file = 0; file < files; file++) {
            Path found = file(root, file);
            if (!Files.isRegularFile(found) || Files.size(found) != fileBytes || !isRight(found, file)) {
                return Optional.of("missing or damaged: " + found);
            }
        }
        try (var all = Files.walk(root)) {
            long found = all.filter(Files::isRegularFile).count();
            return found == files ? Optional.empty() : Optional.of(found + " files (expected: " + files + ")");
        }
    }

    private boolean isRight(Path found, int file) throws IOException {
        byte[] piece = new byte[PIECE_BYTES];
        byte[] right = new byte[PIECE_BYTES];
        InputStream content = content(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(found), PIECE_BYTES)) {
            for (int got = in.readNBytes(piece, 0, piece.length);
                    got > 0;
                    got = in.readNBytes(piece, 0, piece.length)) {
                if (content.readNBytes(right, 0, got) != got || Arrays.mismatch(piece, 0, got, right, 0, got) >= 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private IntStream filesOf(int shard) {
        return IntStream.range(0, files).filter(file -> file % shards == shard);
    }

    private InputStream content(int file) {
        return new HalfCompressible(file, fileBytes);
    }

    private Path file(Path root, int file) {
        return root.resolve(Integer.toString(file % shards)).resolve(path(file));
    }

    private String path(int file) {
        int within = file / shards;
        return digits(within / PER_DIRECTORY, 1_000) + "/" + digits(within, 1_000_000) + ".dat";
    }

    /** With zeros in front. A host has names, and would not spend its time on making them. */
    private static String digits(int number, int beyond) {
        return Integer.toString(beyond + number).substring(1);
    }
}
