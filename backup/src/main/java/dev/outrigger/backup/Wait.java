package dev.outrigger.backup;

import dev.outrigger.http.Request;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * For how long a client wants to wait for the end of the job that it began.
 *
 * @param duration zero for not at all
 */
record Wait(Duration duration) {

    private static final int DEFAULT_SECONDS = 600;
    private static final int MAX_SECONDS = 3600;

    /** Reads {@code ?wait=SECONDS}, and {@code Prefer: respond-async}, which means not at all. */
    static Wait of(Request request) {
        boolean async = request.headers("Prefer").stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(preference -> preference.split(";", 2)[0].strip())
                .anyMatch("respond-async"::equalsIgnoreCase);
        int seconds = request.query().number("wait", 0, MAX_SECONDS).orElse(async ? 0 : DEFAULT_SECONDS);
        return new Wait(Duration.ofSeconds(seconds));
    }
}
