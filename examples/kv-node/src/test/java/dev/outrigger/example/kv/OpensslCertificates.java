package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Certificates that openssl has made, as PEM files in a directory: {@code ca}, and what it vouches for. */
final class OpensslCertificates {

    private final String openssl = Programs.path("openssl");
    private final Path directory;

    OpensslCertificates(Path directory) {
        this.directory = directory;
        request("ca", "/CN=ca", List.of());
        certificate("server", "/CN=localhost", "subjectAltName=DNS:localhost,IP:127.0.0.1");
        certificate("prometheus", "/CN=prometheus", "extendedKeyUsage=clientAuth");
    }

    String program() {
        return openssl;
    }

    Path certificate(String name) {
        return directory.resolve(name + ".crt");
    }

    Path key(String name) {
        return directory.resolve(name + ".key");
    }

    private void certificate(String name, String subject, String extension) {
        request(
                name,
                subject,
                List.of("-CA", certificate("ca").toString(), "-CAkey", key("ca").toString(), "-addext", extension));
    }

    private void request(String name, String subject, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                openssl,
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                subject,
                "-keyout",
                key(name).toString(),
                "-out",
                certificate(name).toString()));
        command.addAll(more);
        Running.Outcome outcome = Running.toEnd(command, "");
        assertThat(outcome.code()).as(outcome.output()).isZero();
    }
}
