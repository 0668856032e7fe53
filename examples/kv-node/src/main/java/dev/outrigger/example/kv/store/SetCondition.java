package dev.outrigger.example.kv.store;

/** When a value is to be written. */
public enum SetCondition {
    /** Whether the key exists or not. */
    ALWAYS,
    /** Only where the key does not exist yet: Redis' {@code NX}. */
    IF_ABSENT,
    /** Only where the key exists already: Redis' {@code XX}. */
    IF_PRESENT
}
