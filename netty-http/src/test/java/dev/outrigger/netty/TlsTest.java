package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.file.Watched;
import dev.outrigger.http.Access;
import dev.outrigger.http.Authenticator;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.CertificateAuth;
import dev.outrigger.http.Method;
import dev.outrigger.http.Principal;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The port that speaks TLS. */
final class TlsTest {

    private static final Certificates CERTIFICATES = Certificates.get();
    private static final String LAST = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String NEXT = " HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String LARGE = "l".repeat(1024 * 1024);

    private static final Authenticator AUTH = BearerAuth.of("token", "token", Right.WRITE)
            .or(CertificateAuth.named("reader", Right.READ).and("spiffe://tests/writer", Right.WRITE));

    @TempDir
    private Path directory;

    private Path chain;
    private Path key;
    private Path authorities;
    private final AtomicReference<CountedBody> body = new AtomicReference<>(CountedBody.of("piece"));

    @BeforeEach
    void writeFiles() throws IOException {
        chain = Files.writeString(directory.resolve("tls.crt"), CERTIFICATES.chain("server"));
        key = Files.writeString(directory.resolve("tls.key"), CERTIFICATES.key("server"));
        authorities = Files.writeString(directory.resolve("ca.crt"), CERTIFICATES.chain("ca"));
    }

    private Route[] routes() {
        return new Route[] {
            Route.get("/ping").access(Access.PROBE).handledBy(r -> Response.text(200, "pong")),
            Route.get("/who").handledBy(r -> Response.text(200, name(r.principal()))),
            Route.get("/probed-by").access(Access.PROBE).handledBy(r -> Response.text(200, name(r.principal()))),
            Route.writing(Method.POST, "/write").handledBy(r -> Response.text(200, "written")),
            Route.get("/large").access(Access.PROBE).handledBy(r -> Response.text(200, LARGE)),
            Route.get("/stream").access(Access.PROBE).handledBy(r -> Response.stream(200, Response.TEXT, body.get()))
        };
    }

    private static String name(Optional<Principal> principal) {
        return principal.map(Principal::name).orElse("nobody");
    }

    private Tls withClients() {
        return Tls.pem(chain, key).trustClients(authorities);
    }

    private static TlsSource source(Tls settings) {
        return TlsSource.read(settings, InstantSource.system());
    }

    private TestServer server(TlsSource source, EventTransport transport) {
        return TestServer.secured(
                new Admission(AddressRules.NONE, Optional.of(AUTH), Set.of(), "test"), source, transport, routes());
    }

    private TestServer server(Tls settings) {
        return server(source(settings), EventTransport.best());
    }

    private static RawClient connect(TestServer server, SSLContext client, String... protocols) {
        try {
            SSLSocket socket = (SSLSocket) client.getSocketFactory()
                    .createSocket(
                            server.address().getAddress(), server.address().getPort());
            if (protocols.length > 0) {
                socket.setEnabledProtocols(protocols);
            }
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(TestServer server, SSLContext client, String request) {
        try (RawClient raw = connect(server, client)) {
            return raw.send(request).readToEnd();
        }
    }

    private static String nameOfServer(TestServer server) throws IOException {
        try (SSLSocket socket = (SSLSocket) CERTIFICATES
                .anonymous()
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort())) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    static Stream<EventTransport> transports() {
        return Stream.of(EventTransport.best(), EventTransport.nio());
    }

    @ParameterizedTest
    @MethodSource("transports")
    void wholeAndLargeAndStreamedAnswersArrive(EventTransport transport) {
        try (TestServer server = server(source(Tls.pem(chain, key)), transport)) {
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /ping" + LAST))
                    .isEqualTo(Answers.LAST_PONG);
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /large" + LAST)
                            .equals(Answers.text(200, "OK", LARGE, Answers.CLOSE)))
                    .isTrue();
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /stream" + LAST))
                    .endsWith("\r\n5\r\npiece\r\n0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aConnectionIsKept(EventTransport transport) {
        try (TestServer server = server(source(Tls.pem(chain, key)), transport);
                RawClient client = connect(server, CERTIFICATES.anonymous())) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.send("GET /ping" + NEXT).readUntil("pong")).startsWith("HTTP/1.1 200 ");
            }
            assertThat(client.send(("GET /ping" + NEXT).repeat(50) + "GET /ping" + LAST)
                            .readToEnd()
                            .split("pong"))
                    .hasSize(51);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void bothVersionsAreSpoken(String protocol) {
        try (TestServer server = server(withClients());
                RawClient client = connect(server, CERTIFICATES.showing("reader"), protocol)) {
            assertThat(client.send("GET /who" + LAST).readToEnd()).endsWith("\r\n\r\nreader");
        }
    }

    @Test
    void noOlderVersionIsSpoken() {
        assertThat(source(Tls.pem(chain, key))
                        .newHandler(ByteBufAllocator.DEFAULT)
                        .engine()
                        .getEnabledProtocols())
                .containsExactlyInAnyOrder("TLSv1.2", "TLSv1.3");
    }

    @Test
    void theJavaClientIsServed() throws Exception {
        try (TestServer server = server(withClients())) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(CERTIFICATES.showing("reader"))
                    .build();
            for (int i = 0; i < 3; i++) {
                HttpRequest request = HttpRequest.newBuilder(URI.create(
                                "https://localhost:" + server.address().getPort() + "/who"))
                        .build();
                assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("reader");
            }
        }
    }

    @Test
    void aCertificateIsAPrincipalWithItsRight() {
        try (TestServer server = server(withClients())) {
            assertThat(answer(server, CERTIFICATES.showing("reader"), "GET /who" + LAST))
                    .endsWith("\r\n\r\nreader");
            assertThat(answer(server, CERTIFICATES.showing("reader"), "GET /probed-by" + LAST))
                    .endsWith("\r\n\r\nreader");
            assertThat(answer(server, CERTIFICATES.showing("reader"), "POST /write" + LAST))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(answer(server, CERTIFICATES.showing("writer"), "POST /write" + LAST))
                    .endsWith("written");
        }
    }

    @Test
    void aTokenServesAsWell() {
        try (TestServer server = server(withClients())) {
            String token = " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer token\r\nConnection: close\r\n\r\n";
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /who" + token))
                    .endsWith("\r\n\r\ntoken");
            assertThat(answer(server, CERTIFICATES.showing("reader"), "POST /write" + token))
                    .endsWith("written");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stranger", "expired", "server"})
    void aCertificateThatIsNotTrustedOrHasNoRightIsAsGoodAsNone(String alias) {
        try (TestServer server = server(withClients())) {
            assertThat(answer(server, CERTIFICATES.showing(alias), "GET /ping" + LAST))
                    .isEqualTo(Answers.LAST_PONG);
            assertThat(answer(server, CERTIFICATES.showing(alias), "GET /probed-by" + LAST))
                    .endsWith("nobody");
            assertThat(answer(server, CERTIFICATES.showing(alias), "GET /who" + LAST))
                    .startsWith("HTTP/1.1 401 ");
        }
    }

    @Test
    void aProbeNeedsNoCertificate() {
        try (TestServer server = server(withClients())) {
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /ping" + LAST))
                    .isEqualTo(Answers.LAST_PONG);
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /who" + LAST))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("WWW-Authenticate: Bearer realm=\"test\"");
        }
    }

    @Test
    void aCertificateThatIsDemandedIsDemandedOfEverybody() {
        try (TestServer server = server(withClients().requireClientCertificate())) {
            assertThat(answer(server, CERTIFICATES.showing("reader"), "GET /ping" + LAST))
                    .isEqualTo(Answers.LAST_PONG);
            for (SSLContext client : new SSLContext[] {
                CERTIFICATES.anonymous(), CERTIFICATES.showing("stranger"), CERTIFICATES.showing("expired")
            }) {
                assertThatThrownBy(() -> answer(server, client, "GET /ping" + LAST))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasCauseInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void plainTextIsAnsweredInPlainText() {
        try (TestServer server = server(Tls.pem(chain, key))) {
            assertThat(server.answer("GET /ping" + LAST))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("{\"error\":\"This port speaks TLS only (expected: https)\",\"status\":400,");
            assertThat(server.answer("x".repeat(100_000))).startsWith("HTTP/1.1 400 ");
            assertThat(answer(server, CERTIFICATES.anonymous(), "GET /ping" + LAST))
                    .isEqualTo(Answers.LAST_PONG);
        }
    }

    @Test
    void tlsOnThePlainPortIsToldSo() {
        try (TestServer server = TestServer.serving(routes())) {
            assertThatThrownBy(() -> answer(server, CERTIFICATES.anonymous(), "GET /ping" + LAST))
                    .hasCauseInstanceOf(SSLException.class);
            assertThat(server.answer("GET /ping" + LAST)).isEqualTo(Answers.LAST_PONG);
        }
    }

    @Test
    void garbageAfterTheFirstByteEndsTheConnection() {
        try (TestServer server = server(Tls.pem(chain, key));
                RawClient client = server.connect()) {
            client.send("\u0016nonsense".repeat(100));
            await().until(client::isCutOff); // An alert of a few bytes may come before the end.
        }
    }

    @Test
    void theHandshakeIsPartOfTheDeadlineOfTheFirstHeader() {
        try (TestServer server = server(Tls.pem(chain, key));
                RawClient silent = server.connect();
                RawClient slow = server.connect().send("\u0016\u0003\u0001\u0001\u0000");
                RawClient idle = connect(server, CERTIFICATES.anonymous()).send("GET /pi")) {
            for (int i = 0; i < 50; i++) {
                server.awaitTick(); // A handshake takes more than one round.
            }
            server.skip(Duration.ofSeconds(6));
            assertThat(silent.readToEnd()).isEmpty();
            assertThat(slow.isCutOff() || slow.readToEnd().length() < 100).isTrue();
            assertThat(idle.readToEnd()).startsWith("HTTP/1.1 408 ");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aMalformedRequestIsAnsweredBeforeTheEnd(EventTransport transport) {
        try (TestServer server = server(source(Tls.pem(chain, key)), transport)) {
            for (String protocol : new String[] {"TLSv1.2", "TLSv1.3"}) {
                try (RawClient client = connect(server, CERTIFICATES.anonymous(), protocol)) {
                    client.send("nonsense\r\n\r\n" + "x".repeat(100_000));
                    assertThat(client.readToEnd()).startsWith("HTTP/1.1 400 ").endsWith("}");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anAnswerThatIsNotTakenIsReset(EventTransport transport) {
        body.set(CountedBody.endless(16 * 1024));
        try (TestServer server = server(source(Tls.pem(chain, key)), transport);
                RawClient client = connect(server, CERTIFICATES.anonymous())) {
            client.send("GET /stream" + LAST);
            await().until(() -> body.get().asked() > 20);
            AtomicReference<Integer> before = new AtomicReference<>(-1);
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                int asked = body.get().asked();
                return before.getAndSet(asked) == asked;
            });
            server.skip(Duration.ofHours(1));
            await().untilAsserted(() -> assertThat(body.get().closedBy()).hasSize(1));
            assertThat(client.seesReset()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anAnswerThatBreaksOffIsNotTakenForWhole(EventTransport transport) {
        body.set(CountedBody.failingAfter(1, new IOException()));
        try (TestServer server = server(source(Tls.pem(chain, key)), transport);
                RawClient client = connect(server, CERTIFICATES.anonymous())) {
            assertThat(client.send("GET /stream" + LAST).seesReset()).isTrue();
        }
    }

    @Test
    void aNewCertificateIsForNewConnections() throws IOException {
        TlsSource source = source(Tls.pem(chain, key));
        try (TestServer server = server(source, EventTransport.best());
                RawClient open = connect(server, CERTIFICATES.anonymous())) {
            assertThat(open.send("GET /ping" + NEXT).readUntil("pong")).isNotEmpty();
            Files.writeString(chain, CERTIFICATES.chain("renewed"));
            Files.writeString(key, CERTIFICATES.key("renewed"));
            source.watched().forEach(Watched::look);
            assertThat(nameOfServer(server)).isEqualTo("CN=renewed");
            assertThat(open.send("GET /ping" + NEXT).readUntil("pong")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aCertificateWithoutItsKeyChangesNothing() throws IOException {
        TlsSource source = source(Tls.pem(chain, key));
        Watched watched = source.watched().get(0);
        try (TestServer server = server(source, EventTransport.best())) {
            Files.writeString(chain, CERTIFICATES.chain("renewed"));
            watched.look();
            watched.look();
            assertThat(watched.isStale()).isTrue();
            assertThat(watched.failures()).isEqualTo(1);
            assertThat(nameOfServer(server)).isEqualTo("CN=localhost");
            Files.writeString(key, CERTIFICATES.key("renewed"));
            watched.look();
            assertThat(watched.isStale()).isFalse();
            assertThat(nameOfServer(server)).isEqualTo("CN=renewed");
        }
    }

    @Test
    void aConnectionDoesNotOutliveTheTrustInIt() throws IOException {
        TlsSource source = source(withClients());
        try (TestServer server = server(source, EventTransport.best());
                RawClient open = connect(server, CERTIFICATES.showing("reader"))) {
            assertThat(open.send("GET /who" + NEXT).readUntil("reader")).startsWith("HTTP/1.1 200 ");
            Files.writeString(authorities, CERTIFICATES.chain("other-ca"));
            source.watched().forEach(Watched::look);
            assertThat(open.send("GET /who" + LAST).readToEnd()).startsWith("HTTP/1.1 401 ");
            assertThat(answer(server, CERTIFICATES.showing("stranger"), "GET /who" + LAST))
                    .endsWith("reader");
        }
    }

    @Test
    void keyStoresServeAsWell() throws Exception {
        Path file = directory.resolve("server.p12");
        try (var out = Files.newOutputStream(file)) {
            CERTIFICATES.keyStore("server").store(out, Certificates.PASSWORD);
        }
        for (Tls settings : new Tls[] {
            Tls.keyStore(file, Certificates.PASSWORD),
            Tls.keyStore(CERTIFICATES.keyStore("server"), Certificates.PASSWORD)
                    .trustClients(CERTIFICATES.trustStore("ca"))
        }) {
            try (TestServer server = server(settings)) {
                assertThat(nameOfServer(server)).isEqualTo("CN=localhost");
            }
        }
        assertThat(source(Tls.keyStore(CERTIFICATES.keyStore("server"), Certificates.PASSWORD))
                        .watched())
                .isEmpty();
    }

    @Test
    void aDrainingServerSaysGoodbyeInOrder() {
        try (TestServer server = server(Tls.pem(chain, key));
                RawClient client = connect(server, CERTIFICATES.anonymous())) {
            client.send("GET /ping" + NEXT).readUntil("pong");
            server.drain();
            assertThat(client.send("GET /ping" + NEXT).readToEnd()).isEqualTo(Answers.LAST_PONG);
        }
    }
}
