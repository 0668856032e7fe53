package dev.outrigger.metrics;

import java.util.Iterator;
import java.util.List;

/** Walks over the counts of all routes. */
final class RequestCursor implements SampleCursor {

    private final Iterator<RouteMeter> meters;
    private RequestCell[] cells = {};
    private int next;

    RequestCursor(List<RouteMeter> meters) {
        this.meters = meters.iterator();
    }

    @Override
    public boolean writeNext(SampleWriter out) {
        while (next == cells.length) {
            if (!meters.hasNext()) {
                return false;
            }
            cells = meters.next().used();
            next = 0;
        }
        RequestCell cell = cells[next++];
        out.value(cell.labels(), cell.count());
        return true;
    }
}
