package dev.outrigger.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthResultTest {

    @Test
    void detailsAreCopiedWhenGiven() {
        List<Object> disks = new ArrayList<>(List.of("sda"));
        AtomicLong free = new AtomicLong(7);
        HealthResult result = HealthResult.healthy().withDetail("disks", disks).withDetail("free", free);

        disks.add("sdb");
        free.set(0);

        assertThat(result.details()).isEqualTo(Map.of("disks", List.of("sda"), "free", 7L));
    }

    @Test
    void anythingElseIsShownAsItsText() {
        assertThat(HealthResult.healthy().withDetail("kind", CheckKind.LIVENESS).details())
                .containsEntry("kind", "LIVENESS");
    }

    @Test
    void aMapThatHoldsItselfEnds() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("self", endless);
        endless.put("text", CheckKind.LIVENESS);

        // Its toString is asked for at last, and an endless one says so in a few characters.
        assertThat(HealthResult.healthy().withDetail("map", endless).details()).containsOnlyKeys("map");
    }

    @Test
    void textIsBounded() {
        HealthResult result = HealthResult.unhealthy("x".repeat(100_000));

        assertThat(result.message().orElseThrow()).hasSize(1_025).endsWith("…");
    }

    @Test
    void theNumberOfDetailsIsBounded() {
        List<Integer> many = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            many.add(i);
        }

        List<?> kept = (List<?>)
                HealthResult.healthy().withDetail("many", many).details().get("many");

        assertThat(kept).hasSizeLessThanOrEqualTo(1_000);
    }
}
