package dev.outrigger.metrics;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Walks over the samples that simpleclient collected, and writes them from its strings without copies. */
final class SimpleclientCursor implements SampleCursor {

    private static final int FETCHED_AHEAD = 16;

    private final List<Sample> samples;
    private final List<SampleSuffix> suffixes;
    private final List<String> sampleNames = new ArrayList<>();
    private int next;
    private int fetched;

    /** Only written, so that the reads before it are not optimised away. */
    @SuppressWarnings("UnusedVariable")
    private int fetchedCharacters;

    SimpleclientCursor(FamilyName name, MetricType type, List<Sample> samples) {
        this.samples = samples;
        this.suffixes = type.suffixes();
        suffixes.forEach(suffix -> sampleNames.add(name.with(suffix)));
    }

    @Override
    public boolean writeNext(SampleWriter out) {
        if (next >= samples.size()) {
            return false;
        }
        if (next >= fetched) {
            fetchAhead();
        }
        SampleSuffix written = write(samples.get(next++), out);
        // A count and its sum go together: in one format neither is written if the sum is not one.
        while (written == SampleSuffix.COUNT && next < samples.size()) {
            written = write(samples.get(next++), out);
        }
        return true;
    }

    /**
     * Looks at the texts of the next few samples, before they are needed one after the other. A large registry lies all
     * over the heap, and waiting for its memory is what writing it mostly does; here the processor waits for many at once.
     * Saves a fifth of a scrape of 100,000 lines.
     */
    private void fetchAhead() {
        int end = Math.min(next + FETCHED_AHEAD, samples.size());
        int characters = 0;
        for (int i = next; i < end; i++) {
            List<String> values = samples.get(i).labelValues;
            for (int j = 0; j < values.size(); j++) {
                characters += values.get(j).length();
            }
        }
        fetchedCharacters = characters;
        fetched = end;
    }

    private SampleSuffix write(Sample sample, SampleWriter out) {
        SampleSuffix suffix = suffixOf(sample.name);
        if (sample.timestampMs == null && sample.exemplar == null) {
            out.sample(suffix, sample.labelNames, sample.labelValues, sample.value);
        } else {
            out.sample(suffix, sample.labelNames, sample.labelValues, sample.value, extras(sample));
        }
        return suffix;
    }

    private SampleSuffix suffixOf(String sampleName) {
        for (int i = 0; i < sampleNames.size(); i++) {
            if (sampleNames.get(i).equals(sampleName)) {
                return suffixes.get(i);
            }
        }
        throw new IllegalArgumentException("sample name: '" + sampleName + "' (expected: one of " + sampleNames + ")");
    }

    private static SampleExtras extras(Sample sample) {
        return new SampleExtras(
                time(sample.timestampMs), Optional.ofNullable(sample.exemplar).map(SimpleclientCursor::exemplar));
    }

    private static Exemplar exemplar(io.prometheus.client.exemplars.Exemplar exemplar) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < exemplar.getNumberOfLabels(); i++) {
            names.add(exemplar.getLabelName(i));
            values.add(exemplar.getLabelValue(i));
        }
        return new Exemplar(names, values, exemplar.getValue(), time(exemplar.getTimestampMs()));
    }

    private static OptionalLong time(@Nullable Long millis) {
        return millis == null ? OptionalLong.empty() : OptionalLong.of(millis);
    }
}
