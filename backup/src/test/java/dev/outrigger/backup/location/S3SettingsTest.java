package dev.outrigger.backup.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://h",
                "http:///p",
                "http://user:hunter2@h",
                "http://h/path",
                "http://h?x=hunter2",
                "http://h#f",
                "h:9000",
                "mailto:a",
            })
    void anEndpointIsAHostAndNothingElse(String endpoint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Settings.builder().endpoint(URI.create(endpoint)))
                .withMessage("endpoint: not usable (expected: http://host:port or https://host:port)");
    }

    @Test
    void bucketsStandInThePathWhereTheStoreIsNotAmazons() {
        assertThat(S3Settings.builder().build().pathStyle()).isFalse();
        S3Settings.Builder other = S3Settings.builder().endpoint(URI.create("http://127.0.0.1:9000/"));
        assertThat(other.build().pathStyle()).isTrue();
        assertThat(other.pathStyle(false).build().pathStyle()).isFalse();
    }

    @Test
    void boundsAreChecked() {
        S3Settings.Builder settings = S3Settings.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> settings.requestTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.connectTimeout(Duration.ofSeconds(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings.attempts(0))
                .withMessage("attempts: 0 (expected: 1 to 20)");
        assertThatIllegalArgumentException().isThrownBy(() -> settings.maxConnections(1_001));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.region(" "));
    }

    @Test
    void credentialsShowNothing() {
        assertThat(S3Credentials.of("AKIA", "hunter2")).hasToString("S3Credentials");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> S3Credentials.of("AKIA", " "))
                .withMessage("credentials: blank (expected: an access key and a secret key)");
    }
}
