package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.json.Digits;
import dev.outrigger.schema.Schema;
import dev.outrigger.shard.Leadership;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The array of shards as JSON, with an index by which a page is cut out of it:
 *
 * <pre>
 *   [{"id":0,"status":"healthy","is_leader":true,"raft_term":5,"commit_index":12345,"last_applied":12345},…]
 * </pre>
 *
 * <p>Filled on the ops lane, read by one body after another, filled again once nobody reads it: a node with 65,536 shards would
 * otherwise leave six megabytes to the collector at each rendering. Written by hand, into memory that is kept: the same
 * through jackson-core takes about four times as long.
 */
final class ShardArray implements ShardVisitor {

    /** One element of the array. */
    static final Schema SCHEMA = Schema.object()
            .field("id", Schema.whole())
            .field("status", Schema.oneOf(ShardStatus.values(), ShardStatus::word))
            .field("is_leader", Schema.truth())
            .field("raft_term", Schema.whole().orNull())
            .field("commit_index", Schema.whole().orNull())
            .field("last_applied", Schema.whole().orNull())
            .named("Shard");

    /** Some 400,000 shards: enough for any node, and an end for a provider that has none. */
    private static final int MOST_BYTES = 48 << 20;

    /** Longer than any shard can get: five numbers, the longest words, and the field names. */
    private static final int LONGEST_ENTRY = 256;

    private static final ShardStatus[] STATUSES = ShardStatus.values();
    private static final byte[] ID = ascii("{\"id\":");
    private static final byte[][] STATUS = statusFields();
    private static final byte[] COMMIT_INDEX = ascii(",\"commit_index\":");
    private static final byte[] LAST_APPLIED = ascii(",\"last_applied\":");
    private static final byte[] NULL = ascii("null");

    private byte[] bytes = new byte[1 << 12];
    private int length;
    private int[] ids = new int[32];
    private int[] ends = new int[32];
    private byte[] statuses = new byte[32];
    private int count;
    private boolean contradicted;

    /** How many bodies are being read from this. Added to on the event loop, taken from on whichever thread ends a body. */
    private final AtomicInteger readers = new AtomicInteger();

    /**
     * Fills the array anew.
     *
     * @throws Exception if the provider throws, or what it tells contradicts itself
     */
    void fill(ShardProvider provider) throws Exception {
        length = 0;
        count = 0;
        contradicted = false;
        bytes[length++] = '[';
        provider.visitShards(this);
        if (contradicted) {
            throw new IllegalStateException("the shards are out of order, incomplete, or too many to list");
        }
        bytes[length++] = ']';
    }

    @Override
    public boolean shard(
            int id, ShardStatus status, Leadership leadership, long term, long commitIndex, long lastApplied) {
        contradicted |= id <= lastId() || status == null || leadership == null || length > MOST_BYTES;
        if (contradicted) {
            return false;
        }
        makeRoom();
        if (count > 0) {
            bytes[length++] = ',';
        }
        put(ID);
        putNumber(id);
        put(STATUS[2 * status.ordinal() + (leadership == Leadership.LOCAL ? 1 : 0)]);
        putNumber(term);
        put(COMMIT_INDEX);
        putNumber(commitIndex);
        put(LAST_APPLIED);
        putNumber(lastApplied);
        bytes[length++] = '}';
        ids[count] = id;
        ends[count] = length;
        statuses[count] = (byte) status.ordinal();
        count++;
        return true;
    }

    /** Returns the encoded array, of which the first {@link #length()} bytes count. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Returns the position of the first shard after the given one, whatever its status, or {@link #count()}. */
    int positionAfter(int id) {
        int found = Arrays.binarySearch(ids, 0, count, id);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int count() {
        return count;
    }

    ShardStatus status(int position) {
        return STATUSES[statuses[position]];
    }

    /** Returns where the entry of a shard begins, without the comma before it. */
    int start(int position) {
        return position == 0 ? 1 : ends[position - 1] + 1;
    }

    int end(int position) {
        return ends[position];
    }

    void addReader() {
        readers.incrementAndGet();
    }

    void removeReader() {
        readers.decrementAndGet();
    }

    boolean isRead() {
        return readers.get() > 0;
    }

    private int lastId() {
        return count == 0 ? -1 : ids[count - 1];
    }

    private void makeRoom() {
        if (bytes.length - length < LONGEST_ENTRY) {
            bytes = Arrays.copyOf(bytes, bytes.length + Math.max(bytes.length / 2, LONGEST_ENTRY));
        }
        if (count == ids.length) {
            int more = count + count / 2;
            ids = Arrays.copyOf(ids, more);
            ends = Arrays.copyOf(ends, more);
            statuses = Arrays.copyOf(statuses, more);
        }
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
    }

    private void putNumber(long number) {
        if (number < 0) {
            put(NULL);
        } else {
            length = Digits.write(bytes, length, number);
        }
    }

    private static byte[][] statusFields() {
        byte[][] fields = new byte[2 * STATUSES.length][];
        for (ShardStatus status : STATUSES) {
            String start = ",\"status\":\"" + status.word() + "\",\"is_leader\":";
            fields[2 * status.ordinal()] = ascii(start + "false,\"raft_term\":");
            fields[2 * status.ordinal() + 1] = ascii(start + "true,\"raft_term\":");
        }
        return fields;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
