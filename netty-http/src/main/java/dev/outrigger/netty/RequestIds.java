package dev.outrigger.netty;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Makes up names for requests that bring none: 16 hexadecimal digits, unlike those of another start of the process. */
final class RequestIds {

    private final LongSupplier numbers;

    RequestIds() {
        this(new AtomicLong(ThreadLocalRandom.current().nextLong())::getAndIncrement);
    }

    /**
     * Makes names of given numbers.
     *
     * @param numbers safe for any thread
     */
    RequestIds(LongSupplier numbers) {
        this.numbers = numbers;
    }

    String next() {
        // An odd factor visits all values before it repeats one, and makes neighbours look unlike each other.
        return HexFormat.of().toHexDigits(numbers.getAsLong() * 0x9E3779B97F4A7C15L);
    }
}
