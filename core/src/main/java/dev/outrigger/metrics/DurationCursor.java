package dev.outrigger.metrics;

import java.util.Iterator;
import java.util.List;

/** Walks over the durations of all routes. */
final class DurationCursor implements SampleCursor {

    private final Iterator<RouteMeter> meters;
    private long[] scratch = {};

    DurationCursor(List<RouteMeter> meters) {
        this.meters = meters.iterator();
    }

    @Override
    public boolean writeNext(SampleWriter out) {
        if (!meters.hasNext()) {
            return false;
        }
        RouteMeter meter = meters.next();
        if (scratch.length == 0) {
            scratch = new long[meter.buckets()];
        }
        meter.writeDurations(scratch, out);
        return true;
    }
}
