package dev.outrigger.example.kv.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands on tables answer, byte by byte. The key {@code foo} is in {@code upper}, {@code 123456789} in {@code lower}. */
class TableCommandsTest {

    private static final String LOWER = "*3\r\n$5\r\nlower\r\n$5\r\n0-511\r\n";
    private static final String UPPER = "*3\r\n$5\r\nupper\r\n$8\r\n512-1023\r\n";
    private static final String SERVED = "$6\r\nserved\r\n";
    private static final String DROPPED = "$7\r\ndropped\r\n";

    @TempDir
    Path directory;

    private RunningServer server;
    private RespClient client;

    @BeforeEach
    void connect() throws IOException {
        server = RunningServer.open(directory);
        client = server.client();
        expect("+OK\r\n", "SET", "foo", "1");
        expect("+OK\r\n", "SET", "123456789", "2");
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void thereAreTwoTables() throws IOException {
        expect("*2\r\n" + LOWER + SERVED + UPPER + SERVED, "KV.TABLES");
    }

    @Test
    void aTableIsReadByItsName() throws IOException {
        expect("$1\r\n1\r\n", "KV.GET", "upper", "foo");
        expect("$-1\r\n", "KV.GET", "lower", "foo"); // which is not where foo is
        expect("$-1\r\n", "KV.GET", "upper", "none");
        expect(":1\r\n", "KV.COUNT", "lower");
        expect(":1\r\n", "KV.COUNT", "upper");
    }

    @Test
    void anUnknownTableIsToldSo() throws IOException {
        expect("-ERR no such table 'none'\r\n", "KV.GET", "none", "k");
        expect("-ERR no such table 'none'\r\n", "KV.COUNT", "none");
        expect("-ERR no such table 'none'\r\n", "KV.DROP", "none");
        expect("-ERR no such table ''\r\n", "KV.DROP", "");
        expect("-ERR no such table 'a  b'\r\n", "KV.COUNT", "a\r\nb");
    }

    @Test
    void flushAllRemovesEveryKey() throws IOException {
        expect("+OK\r\n", "FLUSHALL");
        expect(":0\r\n", "EXISTS", "foo", "123456789");
        expect("*2\r\n$1\r\n0\r\n*0\r\n", "SCAN", "0");
        expect("*2\r\n" + LOWER + SERVED + UPPER + SERVED, "KV.TABLES");
        expect("+OK\r\n", "SET", "foo", "3");
        expect("+OK\r\n", "FLUSHDB", "async");
        expect("$-1\r\n", "GET", "foo");
        expect("-ERR syntax error\r\n", "FLUSHALL", "NOW");
        expect("-ERR syntax error\r\n", "FLUSHALL", "SYNC", "SYNC");
    }

    @Test
    void theKeysOfADroppedTableAreRefused() throws IOException {
        expect("+OK\r\n", "KV.DROP", "upper");
        expect("-CLUSTERDOWN table upper does not exist\r\n", "GET", "foo");
        expect("-CLUSTERDOWN table upper does not exist\r\n", "SET", "foo", "x");
        expect("-CLUSTERDOWN table upper does not exist\r\n", "DEL", "123456789", "foo");
        expect("$1\r\n2\r\n", "GET", "123456789");
        expect("*2\r\n$1\r\n0\r\n*1\r\n$9\r\n123456789\r\n", "SCAN", "0");
        expect("*2\r\n" + LOWER + SERVED + UPPER + DROPPED, "KV.TABLES");
        expect("-ERR no such table 'upper'\r\n", "KV.DROP", "upper");
        expect("-ERR no such table 'upper'\r\n", "KV.COUNT", "upper");
        expect("$41\r\n# Slots\r\ntotal_slots:1024\r\nopen_slots:8\r\n\r\n", "INFO", "slots");
    }

    @Test
    void flushAllBringsADroppedTableBackEmpty() throws IOException {
        expect("+OK\r\n", "KV.DROP", "upper");
        expect("+OK\r\n", "FLUSHALL");
        expect("$-1\r\n", "GET", "foo");
        expect("+OK\r\n", "SET", "foo", "4");
        expect("*2\r\n" + LOWER + SERVED + UPPER + SERVED, "KV.TABLES");
    }

    private void expect(String reply, String... request) throws IOException {
        client.send(request);
        assertThat(client.read(reply.length())).isEqualTo(reply);
    }
}
