package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes generations into the tables of a node, and tells which are in them. */
final class NodeContent {

    /** The tables that keys are routed to. */
    static final List<String> TABLES = List.of("lower", "upper");

    private static final byte[] SET = "SET".getBytes(UTF_8);
    private static final byte[] GET = "KV.GET".getBytes(UTF_8);
    private static final byte[] COUNT = "KV.COUNT".getBytes(UTF_8);
    private static final byte[] FLUSH = "FLUSHALL".getBytes(UTF_8);
    private static final byte[] DROP = "KV.DROP".getBytes(UTF_8);

    private final Map<String, List<String>> keys = new HashMap<>();

    private NodeContent() {}

    /** Writes a first generation, and looks which key is in which table. */
    static NodeContent begin(NodeProcess node, Generation first) {
        NodeContent content = new NodeContent();
        content.write(node, first);
        List<String> all = Generation.keys().toList();
        for (String table : TABLES) {
            List<Optional<byte[]>> values = values(node, table, all);
            List<String> own = new ArrayList<>();
            for (int i = 0; i < all.size(); i++) {
                if (values.get(i).isPresent()) {
                    own.add(all.get(i));
                }
            }
            content.keys.put(table, own);
        }
        return content;
    }

    /** Makes every key one of a generation. A table that was dropped is there again. */
    void write(NodeProcess node, Generation generation) {
        boolean whole = TABLES.stream().allMatch(table -> exists(node, table));
        try (RespPipe resp = new RespPipe(node.respPort())) {
            if (!whole) {
                resp.ask(List.<byte[][]>of(new byte[][] {FLUSH}));
            }
            resp.ask(Generation.keys()
                    .map(key -> new byte[][] {SET, key.getBytes(UTF_8), generation.value(key)})
                    .toList());
        }
    }

    /**
     * Reads every key of a table, in a fixed order; returns the generations that were met, each time that there was another one. None if
     * there is no such table.
     *
     * @param routed the table whose keys it has
     * @param table under which name
     * @throws AssertionError if a key holds what it does in none of the candidates
     */
    List<Generation> read(NodeProcess node, String routed, String table, Collection<Generation> candidates) {
        if (!exists(node, table)) {
            return List.of();
        }
        List<String> own = keys.get(routed);
        List<Optional<byte[]>> values = values(node, table, own);
        List<Generation> met = new ArrayList<>();
        for (int i = 0; i < own.size(); i++) {
            Generation found = generation(own.get(i), values.get(i), candidates);
            if (met.isEmpty() || !met.get(met.size() - 1).equals(found)) {
                met.add(found);
            }
        }
        return met;
    }

    private static Generation generation(String key, Optional<byte[]> value, Collection<Generation> candidates) {
        return candidates.stream()
                .filter(generation -> value.isPresent() && Arrays.equals(generation.value(key), value.get()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " holds "
                        + value.map(bytes -> new String(bytes, 0, Math.min(bytes.length, 8), UTF_8))
                                .orElse("nothing")
                        + " (expected: what it does in one of " + candidates + ")"));
    }

    private static List<Optional<byte[]>> values(NodeProcess node, String table, List<String> keys) {
        try (RespPipe resp = new RespPipe(node.respPort())) {
            return resp.ask(keys.stream()
                    .map(key -> new byte[][] {GET, table.getBytes(UTF_8), key.getBytes(UTF_8)})
                    .toList());
        }
    }

    /** Tells whether a table is there. */
    static boolean exists(NodeProcess node, String table) {
        try (RespPipe resp = new RespPipe(node.respPort())) {
            resp.ask(List.<byte[][]>of(new byte[][] {COUNT, table.getBytes(UTF_8)}));
            return true;
        } catch (UncheckedIOException e) {
            assertThat(e).hasMessageContaining("no such table");
            return false;
        }
    }

    /** Drops a table. */
    static void drop(NodeProcess node, String table) {
        try (RespPipe resp = new RespPipe(node.respPort())) {
            resp.ask(List.<byte[][]>of(new byte[][] {DROP, table.getBytes(UTF_8)}));
        }
    }
}
