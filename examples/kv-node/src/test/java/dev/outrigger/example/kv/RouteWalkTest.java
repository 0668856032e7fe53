package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Walks the route table of a node with everything switched on, and asks each route as everybody who may come: nobody, a wrong
 * token, a reader, a writer, and an address from outside. What a route is goes by the contract and not by the table: the probes are
 * listed here, and every other GET is a privileged read.
 */
final class RouteWalkTest {

    private static final Set<String> PROBES = Set.of(
            "/",
            "/ping",
            "/healthz",
            "/health/quick",
            "/health",
            "/livez",
            "/ready",
            "/readyz",
            "/startup",
            "/health/checks/{name}",
            "/livez/{name}",
            "/readyz/{name}");

    /** Leaving comes last, since a node that is on its way out takes no more secrets. */
    private static final String LAST = "/cluster/leave";

    private static final Pattern ROUTE = Pattern.compile("\\{\"path\":\"([^\"]+)\",\"methods\":\\[([^\\]]*)\\]");
    private static final String INSIDE = "127.0.0.1";
    private static final String OUTSIDE = "127.0.0.2";

    private static final String NO_TOKEN = "";
    private static final String WRONG = "Authorization: Bearer wrong\r\n";
    private static final String READER = "Authorization: Bearer read-me\r\n";
    private static final String WRITER = "Authorization: Bearer write-me\r\n";

    @TempDir
    private Path directory;

    private Node node;
    private InetSocketAddress address;
    private List<Call> calls;

    /** One method of one path. */
    private record Call(String method, String path, boolean probe, boolean writes) {

        String target() {
            return path.replaceAll("\\{[a-z_]+\\}", "none");
        }
    }

    @BeforeEach
    void start() throws Exception {
        Path tokens = Files.writeString(directory.resolve("tokens"), "reader read read-me\noperator write write-me\n");
        Path password = Files.writeString(directory.resolve("password"), "password");
        node = new Node(Options.parse(
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data"),
                "--keystore-password-file=" + password,
                "--token-file=" + tokens,
                "--allow=" + INSIDE + ",::1"));
        address = node.start().ops();
        calls = calls(answer(INSIDE, "GET", "/", NO_TOKEN));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static List<Call> calls(String root) {
        List<Call> calls = new ArrayList<>();
        List<Call> last = new ArrayList<>();
        Matcher routes = ROUTE.matcher(root);
        while (routes.find()) {
            String path = routes.group(1);
            for (String method : routes.group(2).replace("\"", "").split(",")) {
                (path.equals(LAST) ? last : calls)
                        .add(new Call(method, path, PROBES.contains(path), !method.equals("GET")));
            }
            if (routes.group(2).contains("\"GET\"")) {
                calls.add(new Call("HEAD", path, PROBES.contains(path), false));
            }
            calls.add(new Call("OPTIONS", path, PROBES.contains(path), false));
        }
        calls.addAll(last);
        return calls;
    }

    private int status(String from, Call call, String token) {
        return Integer.parseInt(answer(from, call.method, call.target(), token).substring(9, 12));
    }

    private String answer(String from, String method, String target, String token) {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress(INSIDE, address.getPort()));
            socket.setSoTimeout(20_000);
            String request =
                    method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + token + "Connection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        } catch (IOException e) {
            throw new AssertionError(method + " " + target + " from " + from, e);
        }
    }

    private static boolean isRefusal(int status) {
        return status == 401 || status == 403;
    }

    @Test
    void everyRouteAnswersEverybodyAsItShould() {
        assertThat(calls).hasSizeGreaterThan(40).anyMatch(Call::writes);
        assertThat(calls).extracting(Call::path).containsAll(PROBES);
        SoftAssertions all = new SoftAssertions();
        for (Call call : calls) {
            all.assertThat(status(OUTSIDE, call, WRITER))
                    .as("%s from outside", call)
                    .isEqualTo(403);
            for (String stranger : new String[] {NO_TOKEN, WRONG}) {
                int status = status(INSIDE, call, stranger);
                if (call.probe) {
                    all.assertThat(isRefusal(status))
                            .as("%s to anybody: %s", call, status)
                            .isFalse();
                } else {
                    all.assertThat(status).as("%s to a stranger", call).isEqualTo(401);
                }
            }
            int read = status(INSIDE, call, READER);
            if (call.writes) {
                all.assertThat(read).as("%s to a reader", call).isEqualTo(403);
            } else {
                all.assertThat(isRefusal(read))
                        .as("%s to a reader: %s", call, read)
                        .isFalse();
            }
            int written = status(INSIDE, call, WRITER);
            all.assertThat(isRefusal(written))
                    .as("%s to a writer: %s", call, written)
                    .isFalse();
        }
        all.assertAll();
    }

    @Test
    void aMethodThatAPathDoesNotHaveIsRefusedAfterItsCaller() {
        SoftAssertions all = new SoftAssertions();
        for (Call call : calls) {
            if (call.method.equals("OPTIONS")) {
                Call patch = new Call("PATCH", call.path, call.probe, true);
                all.assertThat(status(INSIDE, patch, NO_TOKEN)).as("%s", patch).isEqualTo(call.probe ? 405 : 401);
                all.assertThat(status(INSIDE, patch, WRITER)).as("%s", patch).isEqualTo(405);
            }
        }
        all.assertAll();
    }

    @Test
    void aTokenNeverWorksButInItsHeader() {
        String[] elsewhere = {
            "Cookie: token=write-me\r\n",
            "X-Token: write-me\r\n",
            "Authorization: Basic write-me\r\n",
            "Proxy-Authorization: Bearer write-me\r\n",
            WRITER + WRITER,
            READER + WRITER
        };
        for (String header : elsewhere) {
            assertThat(answer(INSIDE, "GET", "/metrics", header)).as(header).startsWith("HTTP/1.1 401 ");
        }
        for (String target : new String[] {"/metrics?access_token=write-me", "/metrics?token=write-me"}) {
            assertThat(answer(INSIDE, "GET", target, NO_TOKEN))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("WWW-Authenticate: Bearer realm=\"outrigger\"\r\n");
        }
    }

    @Test
    void noSpellingOfAPathGetsAroundItsRoute() {
        for (String target : new String[] {
            "/metrics/",
            "/%6detrics",
            "/metric%73/",
            "http://localhost/metrics",
            "/metrics?",
            "/api/v1/secrets/",
            "/%61pi/v1/secrets"
        }) {
            assertThat(answer(INSIDE, "GET", target, NO_TOKEN)).as(target).startsWith("HTTP/1.1 401 ");
        }
        for (String target :
                new String[] {"//metrics", "/ping/../metrics", "/ping/%2e%2e/metrics", "/metrics;a", "/./metrics"}) {
            assertThat(answer(INSIDE, "GET", target, NO_TOKEN)).as(target).matches("(?s)HTTP/1.1 40[04] .*");
        }
    }
}
