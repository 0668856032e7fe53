package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a client gets wrong, it gets the answer that is documented for it, and nothing of the node is another afterwards. */
final class BadInputTest {

    private static final String WRITER = "Authorization: Bearer write-me\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String SECRET = "/api/v1/secrets/s3.key";

    @TempDir
    private Path directory;

    private Node node;
    private InetSocketAddress address;
    private String before;

    @BeforeEach
    void start() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "reader read read-me\noperator write write-me\n");
        Path password = Files.writeString(directory.resolve("password"), "password");
        node = new Node(Options.parse(
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data"),
                "--keystore-password-file=" + password,
                "--token-file=" + tokens));
        address = node.start().ops();
        await().until(() -> send("GET", "/ready", "", "").startsWith("HTTP/1.1 200 "));
        assertThat(send("PUT", SECRET, WRITER + JSON, "{\"value\":\"kept\"}")).startsWith("HTTP/1.1 200 ");
        before = state();
    }

    @AfterEach
    void nothingHasChanged() {
        try {
            assertThat(state()).isEqualTo(before);
        } finally {
            node.close();
        }
    }

    /** What the requests here could change. */
    private String state() {
        return body(send("GET", "/api/v1/secrets", WRITER, ""))
                + body(send("GET", "/cluster/members", WRITER, ""))
                + send("GET", "/ready", "", "").substring(0, 15);
    }

    private String send(String method, String target, String headers, String body) {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setSoTimeout(20_000);
            String length = "Content-Length: " + body.getBytes(UTF_8).length + "\r\n";
            String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: r1\r\n" + headers
                    + (body.isEmpty() ? "" : length) + "Connection: close\r\n\r\n";
            socket.getOutputStream().write((head + body).getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(method + " " + target, e);
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static void assertRefused(String answer, int status, String error) {
        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(body(answer))
                .isEqualTo("{\"error\":\"" + error + "\",\"status\":" + status + ",\"request_id\":\"r1\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"value\":         | JSON: malformed, too deep or too long a number at line 1, column 10",
                "no json             | JSON: malformed, too deep or too long a number at line 1, column 1",
                "[1]                 | JSON: an array (expected: an object)",
                "{\"value\":1}       | value: a number (expected: a text)",
                "{\"value\":{}}      | value: an object (expected: a text)",
                "{\"value\":null}    | value: missing (expected: a text)",
                "{}                  | value: missing (expected: a text)",
                "{\"value\":\"\"}    | value: empty (expected: at least one character)"
            })
    void wrongJsonAndWrongTypesAre400(String json, String error) {
        assertRefused(send("PUT", SECRET, WRITER + JSON, json), 400, error);
    }

    @Test
    void everyRouteThatTakesABodyIsAsStrict() {
        assertRefused(
                send("POST", "/cluster/down", WRITER + JSON, "{\"address\":7}"),
                400,
                "address: a number (expected: a text)");
        assertRefused(
                send("POST", "/cluster/down", WRITER + JSON, "{\"address\":\"\"}"),
                400,
                "address: 0 characters (expected: 1 to 255, all of them visible ASCII)");
        assertRefused(
                send("POST", "/cluster/down", WRITER + JSON, "{\"address\":\"010.0.0.1\"}"),
                404,
                "No such member, or it is down already");
        assertRefused(
                send("POST", "/admin/jfr", WRITER + JSON, "{\"seconds\":\"1\"}"),
                400,
                "seconds: a text (expected: a whole number)");
        assertRefused(
                send("POST", "/admin/jfr", WRITER + JSON, "{\"seconds\":301}"),
                400,
                "seconds: 301 (expected: 1 to 300)");
    }

    @Test
    void unknownFieldsAreIgnored() {
        assertRefused(
                send(
                        "POST",
                        "/cluster/down",
                        WRITER + JSON,
                        "{\"force\":[1],\"address\":\"other\",\"x\":{\"y\":null}}"),
                404,
                "No such member, or it is down already");
        String other = "/api/v1/secrets/other";
        assertThat(send("PUT", other, WRITER + JSON, "{\"comment\":1,\"value\":\"x\"}"))
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"key\":\"other\",");
        assertThat(send("DELETE", other, WRITER, "")).startsWith("HTTP/1.1 204 ");
    }

    @Test
    void aBodyOf65KiBIs413() {
        String large = "{\"value\":\"" + "x".repeat(65 * 1024) + "\"}";
        assertRefused(send("PUT", SECRET, WRITER + JSON, large), 413, "Request body over 65536 bytes");
    }

    @Test
    void aBodyThatIsNotDeclaredAsJsonIs415() {
        for (String type : new String[] {
            "", "Content-Type: text/plain\r\n", "Content-Type: application/x-www-form-urlencoded\r\n", JSON + JSON
        }) {
            assertRefused(
                    send("PUT", SECRET, WRITER + type, "{\"value\":\"x\"}"),
                    415,
                    "Content-Type: not JSON (expected: application/json)");
        }
    }

    @Test
    void aKeyThatIsNoneIs400OrNoPath() {
        for (String key : new String[] {"%2e%2e%2fx", "..%2fx", "..", "a..b", ".a", "a.", "a%20b", "x".repeat(129)}) {
            assertRefused(
                    send("PUT", "/api/v1/secrets/" + key, WRITER + JSON, "{\"value\":\"x\"}"),
                    400,
                    "key: malformed (expected: [A-Za-z0-9._-]{1,128}, no leading or trailing dot, no '..')");
        }
        // A path is not made shorter by its dots: it is one that no route has.
        assertRefused(send("PUT", "/api/v1/secrets/../x", WRITER + JSON, "{\"value\":\"x\"}"), 404, "No such path");
    }

    @Test
    void twoTokensAreNone() {
        String answer = send("DELETE", SECRET, WRITER + WRITER, "");
        assertRefused(answer, 401, "A valid token is needed");
        assertThat(answer).contains("\r\nWWW-Authenticate: Bearer realm=\"outrigger\"\r\n");
        assertRefused(
                send("DELETE", SECRET, "Authorization: Bearer read-me\r\n" + WRITER, ""),
                401,
                "A valid token is needed");
    }

    @Test
    void whiteSpaceBehindATokenIsNotPartOfIt() {
        // RFC 9110, section 5.5: the field's value ends before it. In its middle it is another token, which is none.
        String status = send("GET", "/api/v1/status", "Authorization: Bearer read-me \t \r\n", "");
        assertThat(status).startsWith("HTTP/1.1 200 ");
        for (String token : new String[] {"read-me x", " read-me", "read-me\u00a0", "read -me"}) {
            assertRefused(
                    send("GET", "/api/v1/status", "Authorization: Bearer " + token + "\r\n", ""),
                    401,
                    "A valid token is needed");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--allow=10.0.0.0/33 | --allow: 10.0.0.0/33",
                "--allow=010.0.0.1   | --allow: 010.0.0.1",
                "--allow=10.0.0.1/8  | --allow: 10.0.0.1/8",
                "--allow=localhost   | --allow: localhost"
            })
    void anAddressThatIsNoneKeepsTheNodeFromStarting(String option, String named) {
        assertThatThrownBy(() -> Options.parse(option))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(named.split(": ")[0])
                .hasMessageContaining(named.split(": ")[1])
                .hasMessageContaining("expected");
    }

    @Test
    void aTokenWithASpaceKeepsTheNodeFromStarting() {
        assertThatThrownBy(() -> Options.parse("--token=secret "))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--token: not usable")
                .hasMessageNotContaining("secret");
    }
}
