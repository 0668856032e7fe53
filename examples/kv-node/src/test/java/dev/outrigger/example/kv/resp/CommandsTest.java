package dev.outrigger.example.kv.resp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each command answers, byte by byte. */
class CommandsTest {

    @TempDir
    Path directory;

    private RunningServer server;
    private RespClient client;

    @BeforeEach
    void connect() throws IOException {
        server = RunningServer.open(directory);
        client = server.client();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void keysAreSetReadCountedAndDeleted() throws IOException {
        expect("+OK\r\n", "SET", "k", "v");
        expect("$1\r\nv\r\n", "get", "k");
        expect("$-1\r\n", "GET", "none");
        expect(":2\r\n", "EXISTS", "k", "k", "none");
        expect(":1\r\n", "DEL", "k", "none");
        expect("$-1\r\n", "GET", "k");
    }

    @Test
    void keysAndValuesAreBytes() throws IOException {
        expect("+OK\r\n", "SET", "\0\r\n\u00ff", "");
        expect("$0\r\n\r\n", "GET", "\0\r\n\u00ff");
    }

    @Test
    void setHonoursItsConditions() throws IOException {
        expect("$-1\r\n", "SET", "k", "1", "XX");
        expect("+OK\r\n", "SET", "k", "2", "nx");
        expect("$-1\r\n", "SET", "k", "3", "NX");
        expect("$1\r\n2\r\n", "GET", "k");
        expect("-ERR syntax error\r\n", "SET", "k", "1", "NX", "XX");
    }

    @Test
    void anOptionThatIsNotThereIsRefusedNotIgnored() throws IOException {
        expect("-ERR SET option 'EX' is not supported (NX and XX are)\r\n", "SET", "k", "v", "EX", "10");
        expect("$-1\r\n", "GET", "k");
    }

    @Test
    void pingAnswers() throws IOException {
        expect("+PONG\r\n", "PING");
        expect("$5\r\nhello\r\n", "PING", "hello");
        expect("$5\r\nhello\r\n", "ECHO", "hello");
        client.sendRaw("PING\r\n");
        assertThat(client.read(7)).isEqualTo("+PONG\r\n");
    }

    @Test
    void wrongRequestsAreToldSo() throws IOException {
        expect("-ERR unknown command 'SHUTDOWN'\r\n", "SHUTDOWN");
        expect("-ERR wrong number of arguments for 'get' command\r\n", "GET");
        expect("-ERR wrong number of arguments for 'get' command\r\n", "GET", "a", "b");
        expect("-ERR wrong number of arguments for 'set' command\r\n", "SET", "a");
        expect("-ERR unknown command 'A  B'\r\n", "a\r\nb"); // no reply within the reply
        expect("+PONG\r\n", "PING");
    }

    @Test
    void whatClientsAskFirstIsAnswered() throws IOException {
        expect("*2\r\n$4\r\nsave\r\n$0\r\n\r\n", "CONFIG", "GET", "save");
        expect("*2\r\n$10\r\nappendonly\r\n$3\r\nyes\r\n", "CONFIG", "GET", "appendonly");
        expect("*0\r\n", "CONFIG", "GET", "none");
        expect("-ERR unknown subcommand 'SET' for 'config'\r\n", "CONFIG", "SET", "save", "");
        expect("-NOPROTO unsupported protocol version\r\n", "HELLO", "3");
        expect("-ERR AUTH called without any password configured: this server has none\r\n", "AUTH", "x");
        expect("+OK\r\n", "SELECT", "0");
        expect("-ERR DB index is out of range\r\n", "SELECT", "1");
    }

    @Test
    void aClientMaySayWhoItIs() throws IOException {
        expect("+OK\r\n", "CLIENT", "SETNAME", "me");
        expect("$2\r\nme\r\n", "CLIENT", "GETNAME");
        expect("+OK\r\n", "CLIENT", "SETINFO", "LIB-NAME", "jedis");
        expect(":1\r\n", "CLIENT", "ID");
        expect("-ERR unknown subcommand 'KILL' for 'client'\r\n", "CLIENT", "KILL", "x");
    }

    @Test
    void theServerTellsItsCommands() throws IOException {
        expect(":21\r\n", "COMMAND", "COUNT");
        expect("*1\r\n*6\r\n$3\r\nget\r\n:2\r\n*1\r\n+readonly\r\n:1\r\n:1\r\n:1\r\n", "COMMAND", "INFO", "get");
        expect("*1\r\n$-1\r\n", "COMMAND", "INFO", "none");
    }

    @Test
    void infoIsSortedIntoSections() throws IOException {
        expect("$42\r\n# Slots\r\ntotal_slots:1024\r\nopen_slots:16\r\n\r\n", "INFO", "slots");
    }

    @Test
    void scanGoesThroughAllKeys() throws IOException {
        Set<String> expected = new HashSet<>();
        for (int n = 0; n < 100; n++) {
            expect("+OK\r\n", "SET", "key:" + n, "v");
            expected.add("key:" + n);
        }
        Set<String> found = new HashSet<>();
        String cursor = "0";
        do {
            cursor = scan(found, "SCAN", cursor, "COUNT", "7");
        } while (!cursor.equals("0"));
        assertThat(found).isEqualTo(expected);

        Set<String> matching = new HashSet<>();
        assertThat(scan(matching, "SCAN", "0", "MATCH", "key:1?", "COUNT", "1000"))
                .isEqualTo("0");
        assertThat(matching).hasSize(10).allMatch(key -> key.startsWith("key:1"));
    }

    @Test
    void scanRefusesWhatMakesNoSense() throws IOException {
        expect("-ERR invalid cursor\r\n", "SCAN", "x");
        expect("-ERR syntax error\r\n", "SCAN", "0", "COUNT");
        expect("-ERR syntax error\r\n", "SCAN", "0", "COUNT", "0");
        expect("-ERR value is not an integer or out of range\r\n", "SCAN", "0", "COUNT", "x");
        expect("-ERR syntax error\r\n", "SCAN", "0", "TYPE", "string");
    }

    @Test
    void operationsAreCountedByKnownNamesOnly() throws IOException {
        expect("+PONG\r\n", "PING");
        expect("-ERR unknown command 'NEW-SERIES-42'\r\n", "new-series-42");
        expect("-ERR wrong number of arguments for 'get' command\r\n", "GET");

        assertThat(server.observed()).containsExactly("ping", "unknown", "get");
    }

    private String scan(Set<String> found, String... request) throws IOException {
        client.send(request);
        assertThat(client.readLine()).isEqualTo("*2");
        client.readLine();
        String cursor = client.readLine();
        int keys = Integer.parseInt(client.readLine().substring(1));
        for (int i = 0; i < keys; i++) {
            client.readLine();
            assertThat(found.add(client.readLine())).isTrue();
        }
        return cursor;
    }

    private void expect(String reply, String... request) throws IOException {
        client.send(request);
        assertThat(client.read(reply.length())).isEqualTo(reply);
    }
}
