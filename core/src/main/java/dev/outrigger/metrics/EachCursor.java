package dev.outrigger.metrics;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Walks over a list of items, each of which has labels and one value. */
final class EachCursor<T> implements SampleCursor {

    private final List<T> items;
    private final Function<? super T, Labels> labels;
    private final ToDoubleFunction<? super T> value;
    private int next;

    EachCursor(List<T> items, Function<? super T, Labels> labels, ToDoubleFunction<? super T> value) {
        this.items = items;
        this.labels = labels;
        this.value = value;
    }

    @Override
    public boolean writeNext(SampleWriter out) {
        if (next >= items.size()) {
            return false;
        }
        T item = items.get(next++);
        out.value(labels.apply(item), value.applyAsDouble(item));
        return true;
    }
}
