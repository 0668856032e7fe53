package dev.outrigger.example.kv.store;

/**
 * One level of a shard's tree.
 *
 * @param number 0 for the youngest
 * @param files how many table files it has
 * @param bytes how large they are together
 */
public record Level(int number, long files, long bytes) {}
