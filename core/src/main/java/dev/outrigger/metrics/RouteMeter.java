package dev.outrigger.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Counts and times the requests of one route.
 *
 * <p>{@link #record} is called by one thread only; what it writes is read by any.
 */
public final class RouteMeter {

    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle NANOS;

    static {
        try {
            NANOS = MethodHandles.lookup().findVarHandle(RouteMeter.class, "nanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int FIRST_CODE = 100;
    private static final int CODES = 500;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String route;
    private final List<String> methods;
    private final BucketBounds bounds;
    private final Labels labels;

    /** By method, then by code. Of the recording thread alone. */
    private final RequestCell[][] cells;

    private final long[] buckets;
    private long nanos;

    /** All cells there are, in the order of their first use; replaced when there is one more. */
    private volatile RequestCell[] used = {};

    RouteMeter(String route, List<String> methods, BucketBounds bounds) {
        this.route = route;
        this.methods = methods;
        this.bounds = bounds;
        this.labels = Labels.of("route", route);
        this.cells = new RequestCell[methods.size()][0];
        this.buckets = new long[bounds.buckets()];
    }

    /**
     * Counts one answered request.
     *
     * @param method the index of its method in the list that the {@link RequestMetrics} was made with
     * @param code the status code, from 100 to 599; any other counts as 500
     * @param durationNanos how long it took; less than nothing counts as nothing
     */
    public void record(int method, int code, long durationNanos) {
        cell(method, code).increment();
        long duration = Math.max(durationNanos, 0);
        int bucket = bounds.indexOf(duration / NANOS_PER_SECOND);
        BUCKET.setRelease(buckets, bucket, buckets[bucket] + 1);
        NANOS.setRelease(this, nanos + duration);
    }

    private RequestCell cell(int method, int code) {
        int index = code >= FIRST_CODE && code < FIRST_CODE + CODES ? code - FIRST_CODE : CODES - FIRST_CODE;
        RequestCell[] byCode = cells[method];
        if (byCode.length == 0 || byCode[index] == null) {
            return firstUse(method, index);
        }
        return byCode[index];
    }

    private RequestCell firstUse(int method, int index) {
        if (cells[method].length == 0) {
            cells[method] = new RequestCell[CODES];
        }
        String code = Integer.toString(FIRST_CODE + index);
        RequestCell cell =
                new RequestCell(method, Labels.of("route", route, "method", methods.get(method), "code", code));
        cells[method][index] = cell;
        RequestCell[] more = Arrays.copyOf(used, used.length + 1);
        more[used.length] = cell;
        used = more;
        return cell;
    }

    String route() {
        return route;
    }

    /** How many requests were answered, of those methods that are wanted by their index. */
    long answered(IntPredicate wanted) {
        long answered = 0;
        for (RequestCell cell : used) {
            answered += wanted.test(cell.method()) ? cell.count() : 0;
        }
        return answered;
    }

    RequestCell[] used() {
        return used;
    }

    /** Writes the histogram, unless nothing has been recorded yet. */
    void writeDurations(long[] scratch, SampleWriter out) {
        if (used.length == 0) {
            return;
        }
        double seconds = (long) NANOS.getAcquire(this) / NANOS_PER_SECOND;
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = (long) BUCKET.getAcquire(buckets, i);
        }
        out.histogram(labels, bounds, scratch, seconds);
    }

    int buckets() {
        return bounds.buckets();
    }
}
