package dev.outrigger.example.kv.store;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * The locks that whoever changes shards holds meanwhile: one for each place where there is a shard, whichever generation of it. So they
 * also keep writers out while a table is swapped, or is cut for a backup.
 *
 * <p>Places are counted as {@link SlotRange#indexOf} does, and taken ascending, so that two never wait for each other.
 */
final class WriteLocks {

    private final List<Lock> locks =
            Stream.<Lock>generate(ReentrantLock::new).limit(SlotRange.OPEN).toList();

    /** Returns the places of some slots. */
    static SortedSet<Integer> placesOf(Collection<HashSlot> slots) {
        SortedSet<Integer> places = new TreeSet<>();
        slots.forEach(slot -> places.add(SlotRange.indexOf(slot.number())));
        return places;
    }

    /** Returns the places of all shards within a range. */
    static SortedSet<Integer> placesIn(SlotRange range) {
        SortedSet<Integer> places = new TreeSet<>();
        range.shards().forEach(shard -> places.add(SlotRange.indexOf(shard.first())));
        return places;
    }

    /** Waits for the locks of these places. */
    void lock(SortedSet<Integer> places) {
        places.forEach(place -> locks.get(place).lock());
    }

    /** Gives them back. */
    void unlock(SortedSet<Integer> places) {
        places.forEach(place -> locks.get(place).unlock());
    }
}
