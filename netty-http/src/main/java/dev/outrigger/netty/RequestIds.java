package dev.outrigger.netty;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Makes up names for requests that bring none: 16 hexadecimal digits, unlike those of another start of the process. */
final class RequestIds {

    private final AtomicLong next = new AtomicLong(ThreadLocalRandom.current().nextLong());

    String next() {
        // An odd factor visits all values before it repeats one, and makes neighbours look unlike each other.
        return String.format("%016x", next.getAndIncrement() * 0x9E3779B97F4A7C15L);
    }
}
