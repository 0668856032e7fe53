package dev.outrigger.ops;

import dev.outrigger.http.Handler;
import dev.outrigger.http.Method;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import java.time.Duration;
import java.util.Optional;

/** Serves a probe from the answers on the board, now or when its verdict changes. */
final class ProbeHandler implements Handler {

    private final Probe probe;
    private final AnswerBoard board;
    private final HeldRequests held;

    ProbeHandler(Probe probe, AnswerBoard board, HeldRequests held) {
        this.probe = probe;
        this.board = board;
        this.held = held;
    }

    @Override
    public Response handle(Request request) {
        Answers now = board.latest();
        Ask ask = Ask.of(request, probe.listsShards());
        Optional<Duration> wait = WaitPreference.of(request);
        // A verdict over checks of the reader's own choice has no tag, hence nothing to compare; and whoever asks for
        // the
        // options of a path wants to know what it can do, and not what becomes of it.
        boolean mayWait = wait.isPresent() && request.method() != Method.OPTIONS;
        if (mayWait && ask.checks().isAll() && hasSeen(request, probe.tag(now))) {
            return held.hold(probe, ask, now, wait.get());
        }
        return probe.answer(now, ask);
    }

    private static boolean hasSeen(Request request, VerdictTag tag) {
        return request.headers("If-None-Match").stream().anyMatch(tag::isNamedBy);
    }
}
