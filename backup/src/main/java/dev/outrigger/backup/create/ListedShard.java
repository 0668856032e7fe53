package dev.outrigger.backup.create;

import dev.outrigger.backup.job.ShardThreads;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A shard, and the files that were listed for it.
 *
 * @param snapshot of the shard
 * @param files what it consists of
 */
record ListedShard(ShardSnapshot snapshot, List<ShardFile> files) {

    ListedShard {
        files = List.copyOf(files);
    }

    /**
     * Lists the files of shards, of several at once: each file of thousands has to be looked up, and meanwhile nothing is written.
     *
     * @return the shards in the order in which they came
     * @throws Exception if the host could not list one
     */
    static List<ListedShard> list(List<? extends ShardSnapshot> shards, int parallelShards) throws Exception {
        List<Callable<ListedShard>> work = new ArrayList<>();
        for (ShardSnapshot shard : shards) {
            work.add(() -> new ListedShard(shard, shard.files()));
        }
        return new ShardThreads("list", parallelShards).run(work);
    }

    int id() {
        return snapshot.description().id();
    }

    long bytes() {
        return files.stream().mapToLong(ShardFile::bytes).sum();
    }
}
