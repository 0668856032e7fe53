package dev.outrigger.metrics;

/** A family as it was collected: whose it is, its checked head, and where its samples come from. */
record CollectedFamily(String source, FamilyHead head, MetricFamily family) {}
