package dev.outrigger.metrics;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a sample may carry besides its value. Few do: a scrape stamps samples with its own time.
 *
 * @param timestampMillis when the value was taken, in milliseconds since the epoch, where another system took it
 * @param exemplar an observation that stands for others, on counters and buckets
 */
public record SampleExtras(OptionalLong timestampMillis, Optional<Exemplar> exemplar) {}
