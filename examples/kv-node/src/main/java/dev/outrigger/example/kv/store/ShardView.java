package dev.outrigger.example.kv.store;

/**
 * A shard as it was at one moment.
 *
 * @param range the slots it keeps; the first is its id
 * @param health how well it does
 * @param commitIndex how many writes it has ever applied, over restarts
 */
public record ShardView(SlotRange range, ShardHealth health, long commitIndex) {

    /** Returns the number of the open slot, by which the shard is known. */
    public int id() {
        return range.first();
    }
}
