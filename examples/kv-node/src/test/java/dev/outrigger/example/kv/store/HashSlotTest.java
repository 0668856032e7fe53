package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HashSlotTest {

    @Test
    void theHashIsTheOneOfRedisCluster() {
        assertThat(slot("123456789")).isEqualTo(0x31C3 % 1024); // the check value in the cluster specification
        assertThat(slot("foo")).isEqualTo(12182 % 1024); // what Redis' CLUSTER KEYSLOT answers
        assertThat(slot("")).isZero();
    }

    @Test
    void onlyTheTagIsHashed() {
        assertThat(slot("{user1000}.following"))
                .isEqualTo(slot("{user1000}.followers"))
                .isEqualTo(slot("user1000"));
        assertThat(slot("foo{{bar}}zap")).isEqualTo(slot("{bar"));
        assertThat(slot("foo{bar}{zap}")).isEqualTo(slot("bar"));
    }

    @Test
    void anEmptyOrUnclosedTagIsNone() {
        assertThat(slot("foo{}{bar}")).isNotEqualTo(slot("bar")).isNotZero();
        assertThat(slot("foo{bar")).isNotEqualTo(slot("bar"));
    }

    @Test
    void aSlotBeyondTheLastIsRefused() {
        assertThatThrownBy(() -> new HashSlot(1024)).hasMessage("slot: 1024 (expected: 0 to 1023)");
    }

    @Test
    void everySlotHasExactlyOneShard() {
        List<SlotRange> ranges = SlotRange.ofSingleNode();

        assertThat(ranges).hasSize(16);
        for (int slot = 0; slot < HashSlot.COUNT; slot++) {
            int number = slot;
            assertThat(ranges.stream().filter(range -> range.contains(number)))
                    .containsExactly(ranges.get(SlotRange.indexOf(slot)));
        }
    }

    private static int slot(String key) {
        return HashSlot.of(key.getBytes(UTF_8)).number();
    }
}
