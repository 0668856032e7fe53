package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.http.Access;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.IpAddress;
import dev.outrigger.http.IpAllowlist;
import dev.outrigger.http.Method;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import dev.outrigger.http.TrustedProxies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in by address. The clients come from several addresses of loopback. */
final class AddressTest {

    private static final String INSIDE = "127.0.0.1";
    private static final String OUTSIDE = "127.0.0.2";
    private static final String LAST = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path directory;

    private static Route[] routes() {
        return new Route[] {
            Route.get("/ping").access(Access.PROBE).handledBy(r -> Response.text(200, "pong")),
            Route.get("/who")
                    .access(Access.PROBE)
                    .handledBy(r -> Response.text(
                            200, r.clientAddress().map(IpAddress::toString).orElse("unknown")))
        };
    }

    private static TestServer server(List<String> allowed, List<String> proxies) {
        AddressRules rules = new AddressRules(
                allowed.isEmpty() ? Optional.empty() : Optional.of(IpAllowlist.of(allowed)),
                proxies.isEmpty() ? Optional.empty() : Optional.of(TrustedProxies.of(proxies)));
        return TestServer.admitting(new Admission(rules, Optional.empty(), Set.of("a"), "test"), routes());
    }

    private static String answer(TestServer server, String from, String request) {
        try (RawClient client = RawClient.from(from, server.address())) {
            return client.send(request).readToEnd();
        }
    }

    private static String forwarded(String... values) {
        StringBuilder request = new StringBuilder("GET /who HTTP/1.1\r\nHost: a\r\nConnection: close\r\n");
        for (String value : values) {
            request.append("X-Forwarded-For: ").append(value).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    @Test
    void whoeverIsOnTheListGetsIn() {
        try (TestServer server = server(List.of("127.0.0.1"), List.of())) {
            assertThat(answer(server, INSIDE, "GET /ping" + LAST)).isEqualTo(Answers.LAST_PONG);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ping" + LAST,
                "GET /none" + LAST,
                "GET /ping HTTP/1.0\r\n\r\n",
                "OPTIONS * HTTP/1.0\r\n\r\n",
                "nonsense",
                "\u0000",
                "GET /who HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n"
            })
    void whoeverIsNotGetsNothingElse(String request) {
        try (TestServer server = server(List.of("127.0.0.1", "::1"), List.of())) {
            assertThat(answer(server, OUTSIDE, request))
                    .startsWith("HTTP/1.1 403 Forbidden\r\n")
                    .contains("\r\nConnection: close\r\n")
                    .contains("{\"error\":\"This address may not call this server\",\"status\":403,\"request_id\":\"");
        }
    }

    @Test
    void aLargeRequestFromOutsideIsReadOffSoThatItsAnswerArrives() {
        try (TestServer server = server(List.of("127.0.0.1"), List.of())) {
            assertThat(answer(server, OUTSIDE, "GET /ping HTTP/1.1\r\nX: " + "x".repeat(100_000)))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void strangersTakeNoConnectionFromThoseInside() {
        AddressRules rules = new AddressRules(Optional.of(IpAllowlist.of("127.0.0.1")), Optional.empty());
        try (TestServer server =
                        TestServer.admitting(new Admission(rules, Optional.empty(), Set.of("a"), "test"), routes());
                RawClient waiting = RawClient.from(INSIDE, server.address())) {
            List<RawClient> strangers = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    addStranger(strangers, server);
                }
                server.awaitTick();
                assertThat(waiting.send("GET /ping" + LAST).readToEnd()).isEqualTo(Answers.LAST_PONG);
            } finally {
                strangers.forEach(RawClient::close);
            }
        }
    }

    private static void addStranger(List<RawClient> strangers, TestServer server) {
        try {
            strangers.add(RawClient.from(OUTSIDE, server.address()));
        } catch (UncheckedIOException e) {
            assertThat(strangers).as("those before that are told why").hasSizeGreaterThanOrEqualTo(64);
        }
    }

    @Test
    void aStrangerThatSaysNothingIsCutOff() {
        try (TestServer server = server(List.of("127.0.0.1"), List.of());
                RawClient stranger = RawClient.from(OUTSIDE, server.address())) {
            assertThat(stranger.isCutOff()).isTrue();
        }
    }

    @Test
    void withoutTrustedProxiesNobodyIsBelieved() {
        try (TestServer server = server(List.of(), List.of())) {
            assertThat(answer(server, INSIDE, forwarded("192.0.2.7"))).endsWith("\r\n\r\n127.0.0.1");
            assertThat(answer(server, INSIDE, forwarded("nonsense"))).endsWith("\r\n\r\n127.0.0.1");
        }
    }

    @Test
    void aTrustedProxyIsBelieved() {
        try (TestServer server = server(List.of("192.0.2.0/24"), List.of("127.0.0.1"))) {
            assertThat(answer(server, INSIDE, forwarded("192.0.2.7"))).endsWith("\r\n\r\n192.0.2.7");
            assertThat(answer(server, INSIDE, forwarded("1.1.1.1", "192.0.2.7, 127.0.0.1")))
                    .endsWith("\r\n\r\n192.0.2.7");
            assertThat(answer(server, INSIDE, forwarded("192.0.2.7, 198.51.100.1")))
                    .startsWith("HTTP/1.1 403 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "010.0.0.1", "", "192.0.2.7,", "192.0.2.7, fe80::1%eth0"})
    void aTrustedProxyThatLeavesTheClientInTheDarkIsRefused(String value) {
        try (TestServer server = server(List.of("192.0.2.0/24", "127.0.0.1"), List.of("127.0.0.1"))) {
            assertThat(answer(server, INSIDE, forwarded(value))).startsWith("HTTP/1.1 403 ");
        }
        try (TestServer server = server(List.of(), List.of("127.0.0.1"))) {
            assertThat(answer(server, INSIDE, forwarded(value))).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void aTrustedProxyThatTellsNothingComesForItself() {
        try (TestServer server = server(List.of("192.0.2.0/24"), List.of("127.0.0.1"))) {
            assertThat(answer(server, INSIDE, forwarded())).startsWith("HTTP/1.1 403 ");
        }
        try (TestServer server = server(List.of("127.0.0.0/8"), List.of("127.0.0.1"))) {
            assertThat(answer(server, INSIDE, forwarded())).endsWith("\r\n\r\n127.0.0.1");
        }
    }

    @Test
    void anotherThanTheProxyIsNotBelieved() {
        try (TestServer server = server(List.of("192.0.2.0/24"), List.of("127.0.0.1"))) {
            assertThat(answer(server, OUTSIDE, forwarded("192.0.2.7"))).startsWith("HTTP/1.1 403 ");
        }
        try (TestServer server = server(List.of("127.0.0.2"), List.of("127.0.0.1"))) {
            assertThat(answer(server, OUTSIDE, forwarded("192.0.2.7"))).endsWith("\r\n\r\n127.0.0.2");
        }
    }

    @Test
    void eachRequestOfAProxysConnectionHasItsOwnClient() {
        try (TestServer server = server(List.of("192.0.2.0/24"), List.of("127.0.0.1"));
                RawClient proxy = RawClient.from(INSIDE, server.address())) {
            String next = " HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: ";
            assertThat(proxy.send("GET /who" + next + "192.0.2.1\r\n\r\n").readUntil("192.0.2.1"))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(proxy.send("GET /ping" + next + "198.51.100.1\r\n\r\n").readUntil("}"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(proxy.send("GET /none" + next + "198.51.100.1\r\n\r\n").readUntil("}"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(proxy.send("GET /who" + next + "192.0.2.2\r\n\r\n").readUntil("192.0.2.2"))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void overTlsAStrangerGetsNoHandshake() throws IOException {
        Certificates certificates = Certificates.get();
        Path chain = Files.writeString(directory.resolve("tls.crt"), certificates.chain("server"));
        Path key = Files.writeString(directory.resolve("tls.key"), certificates.key("server"));
        AddressRules rules = new AddressRules(Optional.of(IpAllowlist.of("127.0.0.1")), Optional.empty());
        try (TestServer server = TestServer.secured(
                        new Admission(rules, Optional.empty(), Set.of("a"), "test"),
                        TlsSource.read(Tls.pem(chain, key), InstantSource.system()),
                        EventTransport.best(),
                        routes());
                RawClient stranger = RawClient.from(OUTSIDE, server.address())) {
            assertThat(stranger.isCutOff()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a\r\nOrigin: http://a\r\n",
                "Host: a\r\nOrigin: https://a\r\n",
                "Host: a:80\r\nOrigin: http://A\r\n",
                "Host: a:8080\r\nOrigin: http://a:8080\r\n",
                "Host: 127.0.0.1:8080\r\n",
                "Host: [::1]:8080\r\nOrigin: http://[::1]:8080\r\n",
                "Host: LOCALHOST\r\n",
                "Host: A\r\n",
                "Host: 10.0.0.1\r\nOrigin: https://a\r\n"
            })
    void aRequestThatWritesIsTakenFromItsOwnOrigin(String fields) {
        assertThat(written(Optional.empty(), "HTTP/1.1\r\n" + fields)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: a\r\nOrigin: http://evil\r\n",
                "Host: a\r\nOrigin: null\r\n",
                "Host: a\r\nOrigin: \r\n",
                "Host: localhost:8080\r\nOrigin: http://localhost:9090\r\n",
                "Host: localhost\r\nOrigin: http://localhost:8080\r\n",
                "Host: localhost\r\nOrigin: ftp://localhost\r\n",
                "Host: localhost\r\nOrigin: http://localhost@evil\r\n",
                "Host: a\r\nOrigin: http://a.evil\r\n",
                "Host: a\r\nOrigin: http://a\r\nOrigin: http://a\r\n"
            })
    void aRequestThatWritesIsNotTakenFromAnother(String fields) {
        assertThat(written(Optional.empty(), "HTTP/1.1\r\n" + fields)).startsWith("HTTP/1.1 403 ");
        String token = "Authorization: Bearer token\r\n";
        assertThat(written(Optional.of("token"), "HTTP/1.1\r\n" + fields + token))
                .startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil",
                "evil:8080",
                "a.evil",
                "localhost.evil",
                "127.0.0.1.evil",
                "127.1",
                "0x7f.0.0.1",
                "localhost.",
                "[127.0.0.1]"
            })
    void withoutATokenAWriteIsNotTakenUnderAStrangersName(String host) {
        assertThat(written(Optional.empty(), "HTTP/1.1\r\nHost: " + host + "\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(written(Optional.of("token"), "HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer token\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void whatKnowsNoHostComesFromNoBrowser() {
        assertThat(written(Optional.empty(), "HTTP/1.0\r\n")).startsWith("HTTP/1.1 200 ");
        assertThat(written(Optional.empty(), "HTTP/1.0\r\nOrigin: http://a\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(written(Optional.empty(), "HTTP/1.0\r\nOrigin: http://evil\r\n"))
                .startsWith("HTTP/1.1 403 ");
    }

    private static String written(Optional<String> token, String versionAndFields) {
        Admission admission = new Admission(
                AddressRules.NONE,
                token.map(secret -> BearerAuth.of("operator", secret, Right.WRITE)),
                Set.of("a"),
                "test");
        Route write = Route.writing(Method.POST, "/write").handledBy(r -> Response.text(200, "written"));
        try (TestServer server = TestServer.admitting(admission, write)) {
            return server.answer("POST /write " + versionAndFields + "Connection: close\r\n\r\n");
        }
    }
}
