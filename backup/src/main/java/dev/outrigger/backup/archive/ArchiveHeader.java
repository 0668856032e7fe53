package dev.outrigger.backup.archive;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.TableName;
import java.time.Instant;

/**
 * What an archive says about itself and its shard, before the first file.
 *
 * @param product what wrote it
 * @param productVersion of which version
 * @param createdAt when; kept to the millisecond
 * @param nodeId on which node
 * @param table whose shard it is
 * @param shard which one, and how far its log had been applied
 */
public record ArchiveHeader(
        String product,
        String productVersion,
        Instant createdAt,
        String nodeId,
        TableName table,
        ShardDescription shard) {

    public ArchiveHeader {
        requireNonNull(product, "product");
        requireNonNull(productVersion, "productVersion");
        requireNonNull(createdAt, "createdAt");
        requireNonNull(nodeId, "nodeId");
        requireNonNull(table, "table");
        requireNonNull(shard, "shard");
    }
}
