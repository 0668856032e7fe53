package dev.outrigger.backup.manifest;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.TableName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Says that a backup is being written, by whom, and which files may be there meanwhile. There from before the first of them until after
 * the manifest. No clock decides whether it still stands: its own node does after a restart, or an operator.
 *
 * @param token of the writer, by which it knows its own
 * @param nodeId of the node that writes
 * @param bootId of the process that writes
 * @param jobId of the job that writes
 * @param createdAt when it was made
 * @param tables those of which files may be there
 * @param written those of them that are whole, as the manifest will have them
 */
public record Claim(
        String token,
        String nodeId,
        String bootId,
        String jobId,
        Instant createdAt,
        List<ClaimedTable> tables,
        List<ManifestTable> written) {

    public Claim {
        requireNonNull(token, "token");
        requireNonNull(nodeId, "nodeId");
        requireNonNull(bootId, "bootId");
        requireNonNull(jobId, "jobId");
        requireNonNull(createdAt, "createdAt");
        tables = List.copyOf(tables);
        written = List.copyOf(written);
    }

    /** A claim on nothing but the id. */
    public static Claim of(String token, String nodeId, String bootId, String jobId, Instant createdAt) {
        return new Claim(token, nodeId, bootId, jobId, createdAt, List.of(), List.of());
    }

    /**
     * A table that is being written.
     *
     * @param name of the table
     * @param shards the ids of its shards
     */
    public record ClaimedTable(TableName name, List<Integer> shards) {

        public ClaimedTable {
            requireNonNull(name, "name");
            shards = List.copyOf(shards);
        }
    }

    /** The same with a table that is going to be written, whatever was said of it before. */
    public Claim beginning(ClaimedTable table) {
        Claim others = without(table.name());
        return new Claim(
                token,
                nodeId,
                bootId,
                jobId,
                createdAt,
                Stream.concat(others.tables.stream(), Stream.of(table)).toList(),
                others.written);
    }

    /** The same with a table, claimed before, that is whole. */
    public Claim finished(ManifestTable table) {
        return new Claim(
                token,
                nodeId,
                bootId,
                jobId,
                createdAt,
                tables,
                Stream.concat(written.stream(), Stream.of(table)).toList());
    }

    /** The same without a table, of which nothing is there. */
    public Claim without(TableName table) {
        return new Claim(
                token,
                nodeId,
                bootId,
                jobId,
                createdAt,
                tables.stream().filter(other -> !other.name().equals(table)).toList(),
                written.stream().filter(other -> !other.name().equals(table)).toList());
    }

    /** The same in the hands of another process of its node. */
    public Claim inProcess(String otherBootId) {
        return new Claim(token, nodeId, otherBootId, jobId, createdAt, tables, written);
    }

    /** Every file that may be there, but for the claim itself and the manifest. */
    public Stream<ObjectName> files(BackupNames names) {
        return tables.stream().flatMap(table -> files(names, table));
    }

    /** Every file of one table that may be there. */
    public static Stream<ObjectName> files(BackupNames names, ClaimedTable table) {
        return Stream.concat(
                Stream.of(names.metadata(table.name())),
                table.shards().stream().map(shard -> names.shard(table.name(), shard)));
    }
}
