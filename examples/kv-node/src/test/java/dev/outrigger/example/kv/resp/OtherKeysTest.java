package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.store.KeySpace;
import dev.outrigger.example.kv.store.ScanCursor;
import dev.outrigger.example.kv.store.ScanPage;
import dev.outrigger.example.kv.store.SetCondition;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.StoreException.Reason;
import dev.outrigger.example.kv.store.TableSpace;
import dev.outrigger.example.kv.store.TableView;
import dev.outrigger.example.kv.work.WorkerPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server serves keys that are kept elsewhere than in a store of kv-node, under that server's own name. */
class OtherKeysTest {

    private final WorkerPool workers = new WorkerPool(1, RespLimits.DEFAULT.maxConnections());
    private RespServer server;

    @BeforeEach
    void start() throws Exception {
        workers.start();
        Echo echo = new Echo();
        server = RespServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new RespService(echo, echo, workers, (operation, nanos) -> {}, new Facts()),
                RespLimits.DEFAULT);
    }

    @AfterEach
    void close() {
        server.close();
        workers.close();
    }

    @Test
    void commandsAreAnsweredByWhoeverKeepsTheKeys() throws Exception {
        assertThat(ask("GET", "k")).isEqualTo("$1\r\nk\r\n");
        assertThat(ask("EXISTS", "a", "b")).isEqualTo(":2\r\n");
    }

    @Test
    void eachKindOfFailureHasItsCodeWord() throws Exception {
        assertThat(ask("SET", "k", "UNCERTAIN")).isEqualTo("-TRYAGAIN why\r\n");
        assertThat(ask("SET", "k", "STALLED")).isEqualTo("-TRYAGAIN why\r\n");
        assertThat(ask("SET", "k", "SHARD_UNAVAILABLE")).isEqualTo("-CLUSTERDOWN why\r\n");
        assertThat(ask("SET", "k", "LOADING")).isEqualTo("-LOADING why\r\n");
        assertThat(ask("KV.DROP", "t")).isEqualTo("-ERR why\r\n");
    }

    @Test
    void theServerGoesByItsOwnName() throws Exception {
        assertThat(ask("HELLO")).contains("raft-kv", "1.2.3").doesNotContain("kv-node");
        assertThat(ask("INFO"))
                .contains("server_name:raft-kv\r\n", "raft_kv_version:1.2.3\r\n", "# Cluster\r\nmembers:3\r\n")
                .doesNotContain("# Shards");
    }

    private String ask(String... command) throws IOException {
        try (RespClient client = new RespClient(server.address())) {
            return client.send(command).finish();
        }
    }

    /** Has every key, with itself as its value, and fails to set one for the reason that it is to be set to. */
    private static final class Echo implements KeySpace, TableSpace {

        @Override
        public Optional<byte[]> get(byte[] key) {
            return Optional.of(key);
        }

        @Override
        public int count(Collection<byte[]> keys) {
            return keys.size();
        }

        @Override
        public boolean set(byte[] key, byte[] value, SetCondition condition) {
            throw new StoreException(Reason.valueOf(new String(value, UTF_8)), "why");
        }

        @Override
        public int delete(Collection<byte[]> keys) {
            return keys.size();
        }

        @Override
        public ScanPage scan(ScanCursor cursor, int count) {
            return new ScanPage(List.of(), ScanCursor.START);
        }

        @Override
        public List<TableView> list() {
            return List.of();
        }

        @Override
        public Optional<byte[]> get(TableName name, byte[] key) {
            return Optional.of(key);
        }

        @Override
        public long count(TableName name) {
            return 0;
        }

        @Override
        public boolean drop(TableName name) {
            throw new StoreException(Reason.REFUSED, "why");
        }

        @Override
        public void clear() {}
    }

    private static final class Facts implements ServerFacts {

        @Override
        public String product() {
            return "raft-kv";
        }

        @Override
        public String version() {
            return "1.2.3";
        }

        @Override
        public Path data() {
            return Path.of("data");
        }

        @Override
        public Map<String, Map<String, String>> sections() {
            return Map.of("Cluster", Map.of("members", "3"));
        }
    }
}
