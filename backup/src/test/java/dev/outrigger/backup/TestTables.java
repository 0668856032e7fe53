package dev.outrigger.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.RestoreTarget;
import dev.outrigger.backup.spi.StagedTable;
import dev.outrigger.backup.spi.StagedTable.StagedShard;
import dev.outrigger.backup.spi.TableDescription;
import dev.outrigger.backup.spi.TableExistsException;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A host of tests whose tables are plain files.
 *
 * <pre>
 *   tables/{table}/current                       names the generation that is the table
 *   tables/{table}/{generation}/about/…          what is kept about it
 *   tables/{table}/{generation}/shards/{n}/…     its files
 *   staging/{restore}/{table}/…                  a generation to be
 *   snapshots/{n}/…                              hard links of a generation, until they are closed
 * </pre>
 */
public final class TestTables implements BackupSource, RestoreTarget {

    private static final String CURRENT = "current";
    private static final String BY_HAND = "by-hand";

    private final Path root;
    private volatile Steps steps = Steps.UNSEEN;
    private volatile long usableBytes = Long.MAX_VALUE;

    /** Keeps its tables below a directory, where another may have kept them before. */
    public TestTables(Path root) {
        this.root = root;
    }

    /** Tells of each call, and of what it does within, from now on. */
    public void steps(Steps steps) {
        this.steps = steps;
    }

    /** Says how much space there is. */
    public void usableBytes(long bytes) {
        this.usableBytes = bytes;
    }

    /**
     * Makes a table, or replaces it, as its user would.
     *
     * @param contents by shard and path, such as {@code 0/data/a}
     */
    public void put(TableName table, TableDescription description, Map<String, String> contents) throws IOException {
        Path generation = tableOf(table).resolve(BY_HAND);
        TestFiles.remove(tableOf(table));
        About.write(generation, description);
        for (Map.Entry<String, String> file : contents.entrySet()) {
            TestFiles.write(generation.resolve("shards").resolve(file.getKey()), file.getValue());
        }
        TestFiles.replace(tableOf(table).resolve(CURRENT), BY_HAND);
    }

    /** Makes a table, or replaces it, about which there is nothing to say. */
    public void put(String table, Map<String, String> contents) throws IOException {
        put(new TableName(table), TableDescription.NONE, contents);
    }

    /** Drops a table, as its user would. */
    public void remove(TableName table) throws IOException {
        TestFiles.remove(tableOf(table));
    }

    /** Everything of a table, what is kept about it included, by path; empty where there is none. */
    public Optional<Map<String, String>> contents(TableName table) throws IOException {
        Optional<Path> generation = generation(table);
        return generation.isPresent() ? Optional.of(TestFiles.contents(generation.get())) : Optional.empty();
    }

    /** Everything of all tables, by name. */
    public Map<TableName, Map<String, String>> contents() throws IOException {
        Map<TableName, Map<String, String>> all = new TreeMap<>();
        for (Path directory : TestFiles.list(root.resolve("tables"))) {
            TableName table = nameOf(directory);
            Optional<Map<String, String>> contents = contents(table);
            contents.ifPresent(found -> all.put(table, found));
        }
        return all;
    }

    /** What should not be there when nothing is under way: staged files, other generations, snapshots; by path. */
    public List<String> leftovers() throws IOException {
        List<String> left =
                new ArrayList<>(TestFiles.contents(root.resolve("staging")).keySet());
        left.addAll(TestFiles.contents(root.resolve("snapshots")).keySet());
        for (Path directory : TestFiles.list(root.resolve("tables"))) {
            String current = current(nameOf(directory)).orElse("");
            for (Path generation : TestFiles.list(directory)) {
                String name = generation.getFileName().toString();
                if (!name.equals(current) && !name.equals(CURRENT)) {
                    left.add(root.relativize(generation).toString());
                }
            }
        }
        return left;
    }

    @Override
    public List<TableName> tables() throws IOException {
        return steps.taking("list tables", () -> List.copyOf(contents().keySet()));
    }

    @Override
    public Optional<TableSnapshot> snapshot(TableName table) throws IOException {
        return steps.taking("snapshot", () -> {
            Optional<Path> generation = generation(table);
            if (generation.isEmpty()) {
                return Optional.empty();
            }
            Path links = Files.createTempDirectory(Files.createDirectories(root.resolve("snapshots")), "s");
            TestFiles.link(generation.get(), links);
            return Optional.of(new TestSnapshot(links, steps));
        });
    }

    @Override
    public boolean exists(TableName table) throws IOException {
        return steps.taking("exists", () -> generation(table).isPresent());
    }

    @Override
    public long usableBytes() throws IOException {
        return steps.taking("usable bytes", () -> usableBytes);
    }

    @Override
    public Path stage(RestoreId restore, TableName table, int shard) throws IOException {
        return steps.taking(
                "stage",
                () -> Files.createDirectories(
                        staging(restore, table).resolve("shards").resolve(String.valueOf(shard))));
    }

    @Override
    public void commit(StagedTable staged) throws Exception {
        steps.before("commit");
        put(staged);
        steps.after("commit");
    }

    private void put(StagedTable staged) throws IOException, TableExistsException {
        String generation = staged.restore().value();
        Optional<String> current = current(staged.table());
        if (current.equals(Optional.of(generation))) {
            return;
        }
        if (current.isPresent() && !staged.replaces()) {
            throw new TableExistsException(staged.table());
        }
        Path place = tableOf(staged.table()).resolve(generation);
        if (!Files.exists(place)) { // else it was moved by a process that died here
            Path from = staging(staged.restore(), staged.table());
            About.write(from, staged.description());
            for (StagedShard shard : staged.shards()) {
                About.write(from, shard.description());
            }
            steps.doing("  move", () -> {
                Files.createDirectories(place.getParent());
                Files.move(from, place, StandardCopyOption.ATOMIC_MOVE);
            });
        }
        steps.doing("  switch", () -> TestFiles.replace(place.resolveSibling(CURRENT), generation));
    }

    @Override
    public boolean isInPlace(RestoreId restore, TableName table) throws IOException {
        return steps.taking("is in place", () -> current(table).equals(Optional.of(restore.value())));
    }

    @Override
    public void drop(RestoreId restore, TableName table) throws IOException {
        steps.doing("drop", () -> {
            if (!current(table).equals(Optional.of(restore.value()))) {
                throw new IllegalStateException("drop of " + table + ", which " + restore + " did not put here");
            }
            for (Path generation : TestFiles.list(tableOf(table))) {
                String name = generation.getFileName().toString();
                if (!name.equals(restore.value()) && !name.equals(CURRENT)) {
                    TestFiles.remove(generation);
                }
            }
            TestFiles.remove(staging(restore, table));
        });
    }

    @Override
    public void abort(RestoreId restore, TableName table) throws IOException {
        steps.doing("abort", () -> {
            TestFiles.remove(staging(restore, table));
            if (!current(table).equals(Optional.of(restore.value()))) {
                TestFiles.remove(tableOf(table).resolve(restore.value()));
            }
        });
    }

    @Override
    public Set<Staging> staged() throws IOException {
        return steps.taking("staged", () -> {
            Set<Staging> staged = new HashSet<>();
            for (Path restore : TestFiles.list(root.resolve("staging"))) {
                for (Path table : TestFiles.list(restore)) {
                    staged.add(new Staging(new RestoreId(restore.getFileName().toString()), nameOf(table)));
                }
            }
            for (Path table : TestFiles.list(root.resolve("tables"))) {
                for (Path generation : TestFiles.list(table)) {
                    String name = generation.getFileName().toString();
                    if (!name.equals(CURRENT)
                            && !name.equals(BY_HAND)
                            && !name.equals(current(nameOf(table)).orElse(""))) {
                        staged.add(new Staging(new RestoreId(name), nameOf(table)));
                    }
                }
            }
            return staged;
        });
    }

    private Optional<Path> generation(TableName table) throws IOException {
        return current(table).map(generation -> tableOf(table).resolve(generation));
    }

    private Optional<String> current(TableName table) throws IOException {
        Path current = tableOf(table).resolve(CURRENT);
        return Files.exists(current) ? Optional.of(Files.readString(current)) : Optional.empty();
    }

    private Path tableOf(TableName table) {
        return root.resolve("tables").resolve(table.encoded());
    }

    private Path staging(RestoreId restore, TableName table) {
        return root.resolve("staging").resolve(restore.value()).resolve(table.encoded());
    }

    private static TableName nameOf(Path directory) {
        String encoded = directory.getFileName().toString().replace("+", "%2B");
        return new TableName(URLDecoder.decode(encoded, UTF_8));
    }
}
