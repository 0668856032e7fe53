package dev.outrigger.example.kv.store;

import static dev.outrigger.example.kv.store.Bytes.bytes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds keys that stand at one and the same position of a scan, by trying: 32 bits of checksum collide after some 80,000 keys. */
final class Collisions {

    private Collisions() {}

    static List<String> pair() {
        Map<Long, String> seen = new HashMap<>();
        for (int n = 0; ; n++) {
            // Long keys of scattered digits: neighbours would never collide, since a CRC tells all short differences
            // apart.
            String key = "{one slot}" + Long.toString(n * 0x9E3779B97F4A7C15L, 36) + Integer.toString(n, 36);
            String other = seen.put(StoredKey.position(HashSlot.of(bytes(key)), bytes(key)), key);
            if (other != null) {
                return List.of(other, key);
            }
        }
    }
}
