package dev.outrigger.example.bench.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the files of a load, or holds what came back against them. */
public final class DataFiles {

    private DataFiles() {}

    /** Takes {@code write} or {@code compare}, a directory, and a load's number of files, bytes per file and shards. Ends with 1 on a difference. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        Path root = Path.of(words.get(1));
        DataSet data = DataSet.of(words.subList(2, 5));
        switch (words.get(0)) {
            case "write" -> data.write(root);
            case "compare" -> {
                Optional<String> difference = data.difference(root);
                difference.ifPresent(System.err::println);
                System.exit(difference.isPresent() ? 1 : 0);
            }
            default -> throw new IllegalArgumentException(words.get(0) + " (expected: write or compare)");
        }
    }
}
