package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** A guard that sees nothing would let every other test pass. */
final class LeakGuardTest {

    @Test
    void aBufferThatNobodyReleasedIsSeen() {
        ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(1);
        assertThat(LeakGuard.leaks()).hasSize(1).first().asString().contains("LeakGuardTest");
        LeakGuard.forgetLeaks();
    }
}
