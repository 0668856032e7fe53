package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeIdTest {

    @Test
    void aNodeKeepsItsNameAndSharesItWithNobody(@TempDir Path one, @TempDir Path other) throws Exception {
        String name = NodeId.of(one, "kv-node");
        assertThat(name).matches("kv-node-[0-9a-f-]{36}");
        assertThat(NodeId.of(one, "kv-node")).isEqualTo(name);
        assertThat(NodeId.of(other, "kv-node")).isNotEqualTo(name);
    }
}
