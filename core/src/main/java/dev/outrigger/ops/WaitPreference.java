package dev.outrigger.ops;

import dev.outrigger.http.Request;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code Prefer: wait=N} (RFC 7240): how long a client would like to be held. */
final class WaitPreference {

    private static final Pattern WAIT =
            Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?\\s*(?:$|[,;])", Pattern.CASE_INSENSITIVE);
    private static final long LONGEST_SECONDS = 60;

    private WaitPreference() {}

    /** Returns the wait, at most a minute; empty where there is none, or one of no time. */
    static Optional<Duration> of(Request request) {
        Optional<String> first = request.header("Prefer");
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Matcher wait = WAIT.matcher(String.join(",", request.headers("Prefer")));
        if (!wait.find()) {
            return Optional.empty();
        }
        long seconds = Math.min(LONGEST_SECONDS, Long.parseLong(wait.group(1)));
        return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }
}
