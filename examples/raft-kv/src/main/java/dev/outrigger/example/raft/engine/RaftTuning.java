package dev.outrigger.example.raft.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.client.RaftClientConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/**
 * How Raft is run here: sized for several nodes with several groups each in one process, and for writes that outlive any node.
 *
 * <p>A write is acknowledged when a majority has forced it to the disk. Writes that wait at the same time are forced together, so that many
 * clients are served at the price of one.
 */
final class RaftTuning {

    /** The longest entry: what a client may send in one request, and what is around it. */
    private static final SizeInBytes LONGEST_ENTRY = SizeInBytes.valueOf("3MB");

    private static final SizeInBytes WRITE_BUFFER = SizeInBytes.valueOf("3136KB"); // the longest entry, and eight bytes
    private static final SizeInBytes PREALLOCATED = SizeInBytes.valueOf("256KB");
    private static final SizeInBytes SEGMENT_CACHE = SizeInBytes.valueOf("16MB");
    private static final SizeInBytes SNAPSHOT_CHUNK = SizeInBytes.valueOf("1MB");
    private static final int FORCED_TOGETHER = 1024;
    private static final TimeDuration TOLD_TOGETHER = TimeDuration.valueOf(5, TimeUnit.MILLISECONDS);
    private static final int SNAPSHOTS_KEPT = 2;
    private static final long ENTRIES_KEPT = 1_000; // for a follower that lags by no more, which then needs no snapshot
    private static final TimeDuration RETRY_CACHE = TimeDuration.valueOf(60, TimeUnit.SECONDS);
    private static final TimeDuration NEVER = TimeDuration.valueOf(365, TimeUnit.DAYS);

    private RaftTuning() {}

    static RaftProperties of(EngineSettings settings, Path logs) {
        RaftProperties properties = new RaftProperties();
        RaftServerConfigKeys.setStorageDir(properties, List.of(logs.toFile()));
        GrpcConfigKeys.Server.setHost(properties, settings.self().host());
        GrpcConfigKeys.Server.setPort(properties, settings.self().raftPort());
        elections(properties, settings.electionTimeout());
        log(properties, settings);
        snapshots(properties, settings);
        reads(properties, settings);
        RaftServerConfigKeys.RetryCache.setExpiryTime(properties, RETRY_CACHE); // longer than any call
        RaftClientConfigKeys.Rpc.setRequestTimeout(properties, millis(settings.callTimeout()));
        return properties;
    }

    private static void elections(RaftProperties properties, Duration timeout) {
        RaftServerConfigKeys.Rpc.setTimeoutMin(properties, millis(timeout));
        RaftServerConfigKeys.Rpc.setTimeoutMax(properties, millis(timeout.multipliedBy(2)));
        RaftServerConfigKeys.LeaderElection.setPreVote(properties, true);
        // A leader that hears nothing from a majority stops to be one, so that whoever waits for it learns that.
        RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(properties, millis(timeout.multipliedBy(4)));
        // A process that was suspended steps down and goes on; it does not close itself behind its host's back.
        RaftServerConfigKeys.setCloseThreshold(properties, NEVER);
    }

    private static void log(RaftProperties properties, EngineSettings settings) {
        RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, false);
        RaftServerConfigKeys.Log.setForceSyncNum(properties, FORCED_TOGETHER);
        RaftServerConfigKeys.Log.setSegmentSizeMax(properties, SizeInBytes.valueOf(settings.segmentBytes()));
        RaftServerConfigKeys.Log.setPreallocatedSize(properties, PREALLOCATED);
        RaftServerConfigKeys.Log.setSegmentCacheSizeMax(properties, SEGMENT_CACHE);
        RaftServerConfigKeys.Log.setWriteBufferSize(properties, WRITE_BUFFER);
        RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, LONGEST_ENTRY);
        RaftServerConfigKeys.Log.Appender.setSnapshotChunkSizeMax(properties, SNAPSHOT_CHUNK);
        // A follower is told not of each entry and each commit by itself: they would be more work than the entries are.
        RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TOLD_TOGETHER);
        // A member that is away must not keep the others' logs from being cut: it gets a snapshot when it is back.
        RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
        RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
        RaftServerConfigKeys.Log.setPurgePreservationLogNum(
                properties, Math.min(ENTRIES_KEPT, settings.snapshotThreshold()));
    }

    private static void snapshots(RaftProperties properties, EngineSettings settings) {
        RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, true);
        RaftServerConfigKeys.Snapshot.setAutoTriggerThreshold(properties, settings.snapshotThreshold());
        RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, SNAPSHOTS_KEPT);
        RaftServerConfigKeys.Snapshot.setTriggerWhenRemoveEnabled(properties, false);
    }

    private static void reads(RaftProperties properties, EngineSettings settings) {
        RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
        RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, true);
        RaftServerConfigKeys.Read.setTimeout(properties, millis(settings.callTimeout()));
    }

    private static TimeDuration millis(Duration time) {
        return TimeDuration.valueOf(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
