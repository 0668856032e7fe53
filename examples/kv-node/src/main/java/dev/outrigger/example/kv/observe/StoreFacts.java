package dev.outrigger.example.kv.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.resp.ServerFacts;
import dev.outrigger.example.kv.store.HashSlot;
import dev.outrigger.example.kv.store.ShardView;
import dev.outrigger.example.kv.store.Store;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a node tells its clients of its store: the slots, and how the shards are.
 *
 * @param product what the node is called
 * @param version of the node
 */
public record StoreFacts(Store store, String product, String version) implements ServerFacts {

    public StoreFacts {
        requireNonNull(store, "store");
        requireNonNull(product, "product");
        requireNonNull(version, "version");
    }

    @Override
    public Path data() {
        return store.directory().path();
    }

    @Override
    public Map<String, Map<String, String>> sections() {
        List<ShardView> shards = store.shards();
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("Slots", slots(shards));
        sections.put("Shards", shards(shards));
        return sections;
    }

    private static Map<String, String> slots(List<ShardView> shards) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("total_slots", Integer.toString(HashSlot.COUNT));
        fields.put("open_slots", Integer.toString(shards.size()));
        return fields;
    }

    private static Map<String, String> shards(List<ShardView> shards) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (ShardView shard : shards) {
            fields.put(
                    "shard_" + shard.id(),
                    "slots=%d-%d,health=%s,commit_index=%d"
                            .formatted(
                                    shard.range().first(),
                                    shard.range().last(),
                                    shard.health().name().toLowerCase(Locale.ROOT),
                                    shard.commitIndex()));
        }
        return fields;
    }
}
