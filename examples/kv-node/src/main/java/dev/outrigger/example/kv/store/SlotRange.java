package dev.outrigger.example.kv.store;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The slots whose keys one shard keeps: its own, open slot and the closed ones that follow it.
 *
 * <p>The store has 1,024 hash slots, of which 16 are open on this node, each as a column family: 0, 64, 128 … 960. A key whose
 * slot is closed belongs to the nearest open slot below it, as on a ring of consistent hashing. So every key a client thinks
 * of has a home (a node that refused 1,008 of 1,024 slots would be a poor thing to try {@code redis-cli} on), a shard is a
 * contiguous range, and opening one more slot moves the upper part of a single shard.
 *
 * @param first the open slot, which is also the shard's id
 * @param last the last slot that it stands in for, inclusive
 */
public record SlotRange(int first, int last) {

    /** How many slots are open on a node that stands alone. */
    public static final int OPEN = 16;

    private static final int WIDTH = HashSlot.COUNT / OPEN;

    public SlotRange {
        if (first < 0 || last < first || last >= HashSlot.COUNT) {
            throw new IllegalArgumentException("range: " + first + " to " + last + " (expected: ascending, 0 to 1023)");
        }
    }

    /** Returns the ranges of a node that stands alone, ascending and without a gap. */
    public static List<SlotRange> ofSingleNode() {
        return IntStream.range(0, OPEN).mapToObj(SlotRange::at).toList();
    }

    /** Returns at which place of {@link #ofSingleNode()} the range stands that holds a slot. */
    static int indexOf(int slot) {
        return slot / WIDTH;
    }

    /** Tells whether the keys of a slot are kept here. */
    public boolean contains(int slot) {
        return first <= slot && slot <= last;
    }

    /** Returns the ranges of shards that lie within this one, ascending. */
    List<SlotRange> shards() {
        return ofSingleNode().stream()
                .filter(range -> contains(range.first) && contains(range.last))
                .toList();
    }

    /** Returns the name of the column family that keeps this range in a generation of its table. */
    String columnFamily(long generation) {
        String original = "slot-%04d".formatted(first);
        return generation == 0 ? original : original + "-g" + generation;
    }

    private static SlotRange at(int index) {
        return new SlotRange(index * WIDTH, index * WIDTH + WIDTH - 1);
    }
}
