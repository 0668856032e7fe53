package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.KeySpace;
import dev.outrigger.example.kv.store.ScanCursor;
import dev.outrigger.example.kv.store.ScanPage;
import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.SlotRange;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.kv.store.StoredKey;
import dev.outrigger.example.raft.store.ShardCommand;
import dev.outrigger.example.raft.store.ShardQuestion;
import dev.outrigger.example.raft.store.WireReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All keys of the cluster. Each call goes to whoever leads the shards it is about, on this node or another.
 *
 * <p>Reads are linearizable: they tell of every write that was acknowledged before they were asked. A write is done once, however often it
 * has to be sent. Every method throws a {@link StoreException}: with {@link Reason#LOADING} before the engine has started, {@link
 * Reason#CLOSED} when it is closed, {@link Reason#SHARD_UNAVAILABLE} where no leader took the request in time, so that nothing was changed,
 * {@link Reason#UNCERTAIN} where a write was sent and its outcome is not known, and {@link Reason#FAILED} where a replica failed.
 */
public final class ClusterKeys implements KeySpace {

    private static final long END = -1;

    private final Router router;
    private final int shards;
    private final int width;

    ClusterKeys(Router router, int shards) {
        this.router = requireNonNull(router, "router");
        this.shards = shards;
        this.width = HashSlot.COUNT / shards;
    }

    /** Returns how many shards there are. */
    public int shards() {
        return shards;
    }

    /** Returns the id of the shard that keeps the keys of a slot. */
    public int shardOf(HashSlot slot) {
        return slot.number() / width;
    }

    /**
     * Returns the slots of a shard.
     *
     * @throws IllegalArgumentException if there is no such shard
     */
    public SlotRange slotsOf(int shard) {
        requireShard(shard);
        return new SlotRange(shard * width, shard * width + width - 1);
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        WireReader answer = ask(shardOf(HashSlot.of(key)), new ShardQuestion.Get(key));
        if (!answer.hasMore()) {
            return Optional.empty();
        }
        answer.octet(); // says that there is a value, which may be empty
        return Optional.of(answer.bytes());
    }

    /** {@inheritDoc} Each shard tells of a moment of its own. */
    @Override
    public int count(Collection<byte[]> keys) {
        long found = 0;
        for (var part : byShard(keys).entrySet()) {
            found +=
                    ask(part.getKey(), new ShardQuestion.Count(part.getValue())).number();
        }
        return Math.toIntExact(found);
    }

    @Override
    public boolean set(byte[] key, byte[] value, SetCondition condition) {
        return tell(shardOf(HashSlot.of(key)), new ShardCommand.Put(key, value, condition))
                        .number()
                == 1;
    }

    /** {@inheritDoc} Those of one shard go in one step; where that fails for one shard, keys of others may be gone already. */
    @Override
    public int delete(Collection<byte[]> keys) {
        long deleted = 0;
        for (var part : byShard(keys).entrySet()) {
            deleted += tell(part.getKey(), new ShardCommand.Delete(part.getValue()))
                    .number();
        }
        return Math.toIntExact(deleted);
    }

    @Override
    public ScanPage scan(ScanCursor cursor, int count) {
        List<byte[]> keys = new ArrayList<>();
        int shard = shardOf(new HashSlot(StoredKey.slotOf(cursor.position())));
        long position = cursor.position();
        while (true) {
            WireReader page = ask(shard, new ShardQuestion.Scan(position, Math.max(1, count - keys.size())));
            long next = page.number();
            while (page.hasMore()) {
                keys.add(page.bytes());
            }
            if (next == END && shard == shards - 1) {
                return new ScanPage(keys, ScanCursor.START);
            }
            if (next == END) {
                shard++;
                position = StoredKey.firstPosition(new HashSlot(shard * width));
            } else {
                position = next;
            }
            if (keys.size() >= count || next != END) {
                return new ScanPage(keys, new ScanCursor(position));
            }
        }
    }

    /** Removes all keys, one shard after another, each in one step. */
    public void clear() {
        for (int shard = 0; shard < shards; shard++) {
            tell(shard, new ShardCommand.Clear());
        }
    }

    /**
     * Counts the keys of a shard, by looking at each.
     *
     * @throws IllegalArgumentException if there is no such shard
     */
    public long countKeys(int shard) {
        requireShard(shard);
        return ask(shard, new ShardQuestion.CountAll()).number();
    }

    private WireReader ask(int shard, ShardQuestion question) {
        return new WireReader(router.read(GroupName.ofShard(shard), Question.STATE, question.encode()));
    }

    private WireReader tell(int shard, ShardCommand command) {
        return new WireReader(router.write(GroupName.ofShard(shard), command.encode()));
    }

    private Map<Integer, List<byte[]>> byShard(Collection<byte[]> keys) {
        Map<Integer, List<byte[]>> parts = new TreeMap<>();
        keys.forEach(key -> parts.computeIfAbsent(shardOf(HashSlot.of(key)), shard -> new ArrayList<>())
                .add(key));
        return parts;
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= shards) {
            throw new IllegalArgumentException("shard: " + shard + " (expected: 0 to " + (shards - 1) + ")");
        }
    }
}
