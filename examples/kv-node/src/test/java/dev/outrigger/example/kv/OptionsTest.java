package dev.outrigger.example.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void whatIsNotSaidHasADefault() throws UsageException {
        assertThat(Options.parse())
                .isEqualTo(new Options(
                        6000,
                        8080,
                        "127.0.0.1",
                        Path.of("kv-data"),
                        SidecarAccess.OPEN,
                        BackupOptions.DEFAULT,
                        Optional.empty(),
                        Duration.ZERO));
    }

    @Test
    void bothSpellingsAreRead() throws UsageException {
        Options expected = new Options(
                1,
                2,
                "0.0.0.0",
                Path.of("d"),
                SidecarAccess.OPEN.withToken("secret"),
                new BackupOptions(
                        List.of("file:///backups/a", "s3://bucket/b"),
                        Optional.of(URI.create("http://127.0.0.1:9000"))),
                Optional.of(Path.of("p")),
                Duration.ofSeconds(16));

        assertThat(Options.parse(
                        "--port",
                        "1",
                        "--ops-port",
                        "2",
                        "--ops-address",
                        "0.0.0.0",
                        "--data",
                        "d",
                        "--token",
                        "secret",
                        "--backup-root",
                        "/backups/a",
                        "--backup-root",
                        "s3://bucket/b",
                        "--s3-endpoint",
                        "http://127.0.0.1:9000",
                        "--keystore-password-file",
                        "p",
                        "--drain-seconds",
                        "16"))
                .isEqualTo(expected);
        assertThat(Options.parse(
                        "--port=1",
                        "--ops-port=2",
                        "--ops-address=0.0.0.0",
                        "--data=d",
                        "--token=secret",
                        "--backup-root=file:///backups/a",
                        "--backup-root=s3://bucket/b",
                        "--s3-endpoint=http://127.0.0.1:9000",
                        "--keystore-password-file=p",
                        "--drain-seconds=16"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--bogus 1 | --bogus: unknown option (--help lists them)",
                "--bogus | --bogus: unknown option (--help lists them)",
                "stray | 'stray': not an option (--help lists them)",
                "--port | --port: the value is missing",
                "--port= | --port: the value is missing",
                "--port --data d | --port: the value is missing",
                "--port abc | --port: 'abc' (expected: 0 to 65535)",
                "--ops-port 65536 | --ops-port: '65536' (expected: 0 to 65535)",
                "--ops-port -1 | --ops-port: '-1' (expected: 0 to 65535)",
                "--drain-seconds 3601 | --drain-seconds: '3601' (expected: 0 to 3600)",
                "--tls-cert c | --tls-cert, --tls-key: only one of them (expected: both or neither)",
                "--tls-client-ca c | --tls-client-ca: without TLS (expected: --tls-cert and --tls-key too)",
                "--allow 10.0.0.0/33 | --allow: range: 10.0.0.0/33 (expected: 0 to 32 bits)",
                "--allow 127.0.0.1, | --allow: address: '' (expected: four decimal numbers without leading zeros, or an IPv6 address without a zone)",
                "--port 1 --port 2 | --port: given twice",
                "--ops-address no.such.host.invalid | --ops-address: 'no.such.host.invalid' (expected: an address of this machine)"
            })
    void aWrongOptionIsNamed(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(arguments.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void noMessageAndNoTextShowsTheToken() throws UsageException {
        assertThat(Options.parse("--token", "secret").toString())
                .contains("token=set")
                .doesNotContain("secret");
        assertThatThrownBy(() -> Options.parse("--token", "s e c r e t"))
                .hasMessage("--token: not usable (expected: letters, digits and -._~+/ only)");
    }

    @Test
    void helpListsEveryOption() {
        assertThat(Options.HELP)
                .contains(
                        "--port",
                        "--ops-port",
                        "--ops-address",
                        "--data",
                        "--token",
                        "--token-file",
                        "--tls-cert",
                        "--tls-key",
                        "--tls-client-ca",
                        "--allow",
                        "--keystore-password-file",
                        "--drain-seconds",
                        "--help");
    }
}
