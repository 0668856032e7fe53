package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class DiscoveryTest {

    private static OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1").listen("127.0.0.1", 0).drainDelay(Duration.ZERO);
    }

    @Test
    void anExtensionOnTheClassPathIsInstalledOnlyWhenAskedFor() {
        try (OpsSidecar sidecar = builder().start()) {
            assertThat(Probing.code(sidecar, "/discovered")).isEqualTo(404);
        }
        try (OpsSidecar sidecar =
                builder().installDiscovered(getClass().getClassLoader()).start()) {
            assertThat(Probing.get(sidecar, "/discovered").body()).isEqualTo("found");
            assertThat(Probing.code(sidecar, "/readyz/discovered")).isIn(200, 503);
        }
    }
}
