package dev.outrigger.example.kv.store;

import java.util.List;

/**
 * What one step of a scan found.
 *
 * @param keys in the order of the scan; may be empty though there is more
 * @param next where to go on, or {@link ScanCursor#START} when there is no more
 */
public record ScanPage(List<byte[]> keys, ScanCursor next) {

    public ScanPage {
        keys = List.copyOf(keys);
    }
}
