package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What openssl and curl make of a node whose sidecar speaks TLS. */
final class TlsClientsTest {

    @TempDir
    private Path directory;

    private OpensslCertificates certificates;
    private Node node;
    private int port;

    @BeforeEach
    void start() throws Exception {
        certificates = new OpensslCertificates(directory);
        Path tokens = Files.writeString(directory.resolve("tokens"), "reader read read-me\noperator write write-me\n");
        node = new Node(Options.parse(
                "--port=0",
                "--ops-port=0",
                "--data=" + directory.resolve("data"),
                "--tls-cert=" + certificates.certificate("server"),
                "--tls-key=" + certificates.key("server"),
                "--tls-client-ca=" + certificates.certificate("ca"),
                "--token-file=" + tokens));
        port = node.start().ops().getPort();
    }

    @AfterEach
    void close() {
        if (node != null) {
            node.close();
        }
    }

    private Running.Outcome openssl(String request, String... options) {
        List<String> command = new ArrayList<>(List.of(
                certificates.program(),
                "s_client",
                "-connect",
                "127.0.0.1:" + port,
                "-quiet",
                "-verify_return_error",
                "-CAfile",
                certificates.certificate("ca").toString()));
        command.addAll(List.of(options));
        return Running.toEnd(command, request);
    }

    private String curl(String path, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Programs.path("curl"),
                "-sS",
                "--max-time",
                "10",
                "-w",
                " %{http_code}",
                "--cacert",
                certificates.certificate("ca").toString()));
        command.addAll(List.of(options));
        command.add("https://localhost:" + port + path);
        return Running.toEnd(command, "").output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void opensslIsAnsweredAndToldOfTheEnd(String version) {
        for (String request : new String[] {
            "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
            "GET /ping HTTP/1.0\r\n\r\n",
            "nonsense\r\n\r\n" + "x".repeat(50_000)
        }) {
            Running.Outcome outcome = openssl(request, version);
            assertThat(outcome.output())
                    .contains(request.startsWith("GET") ? "\r\n\r\npong" : "HTTP/1.1 400 Bad Request")
                    .doesNotContain("unexpected eof", "reset by peer");
        }
    }

    @Test
    void opensslOfAnOlderVersionIsRefused() {
        assertThat(openssl("GET /ping HTTP/1.0\r\n\r\n", "-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0")
                        .output())
                .doesNotContain("pong")
                .containsIgnoringCase("alert");
    }

    @Test
    void curlIsAnsweredByItsRight() {
        assertThat(curl("/ping")).isEqualTo("pong 200");
        assertThat(curl("/metrics")).endsWith(" 401").contains("\"status\":401");
        assertThat(curl("/metrics", "-H", "Authorization: Bearer read-me")).endsWith(" 200");
        String[] shown = {
            "--cert",
            certificates.certificate("prometheus").toString(),
            "--key",
            certificates.key("prometheus").toString()
        };
        assertThat(curl("/metrics", shown)).endsWith(" 200");
        assertThat(curl("/ping", shown)).isEqualTo("pong 200");
    }

    @Test
    void curlIsToldThatThePortSpeaksTls() {
        assertThat(Running.toEnd(
                                List.of(
                                        Programs.path("curl"),
                                        "-sS",
                                        "-w",
                                        " %{http_code}",
                                        "http://localhost:" + port + "/ping"),
                                "")
                        .output())
                .contains("This port speaks TLS only")
                .endsWith(" 400");
    }

    @Test
    void aNewCertificateIsShownWithinSeconds() throws Exception {
        Path renewed = Files.createDirectory(directory.resolve("renewed"));
        OpensslCertificates others = new OpensslCertificates(renewed);
        for (String name : new String[] {"server.crt", "server.key"}) {
            Files.copy(renewed.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(curl(
                                "/ping", "--cacert", others.certificate("ca").toString()))
                        .isEqualTo("pong 200"));
    }

    @Test
    void aNewTokenIsTakenWithinSeconds() throws Exception {
        Files.writeString(directory.resolve("tokens"), "reader read another\n");
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(curl("/metrics", "-H", "Authorization: Bearer another"))
                        .endsWith(" 200"));
        assertThat(curl("/metrics", "-H", "Authorization: Bearer read-me")).endsWith(" 401");
        assertThat(curl("/metrics", "-H", "Authorization: Bearer another"))
                .contains(
                        "outrigger_files_stale{source=\"tokens\"} 0",
                        "outrigger_files_stale{source=\"certificates\"} 0");
    }
}
