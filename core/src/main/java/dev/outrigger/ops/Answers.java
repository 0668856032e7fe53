package dev.outrigger.ops;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;
import java.util.List;

/**
 * All answers to the plain form of each probe, encoded once for one view. Immutable. An answer that has not changed is
 * taken over from the view before, so that a transport need not encode it again.
 */
final class Answers {

    private final View view;
    private final VerdictTag healthTag;
    private final VerdictTag readyTag;
    private final VerdictTag quickTag;
    private final VerdictTag startupTag;
    private final ReportAnswers anonymous;
    private final ReportAnswers full;
    private final CompleteResponse quick;
    private final CompleteResponse startup;

    private Answers(View view, ReportDocuments documents, Tags tags, CompleteResponse quick) {
        this.view = view;
        this.healthTag = tags.health();
        this.readyTag = tags.ready();
        this.quickTag = tags.quick();
        this.startupTag = tags.startup();
        this.anonymous = ReportAnswers.of(view, documents, Sight.ANONYMOUS, healthTag, readyTag);
        this.full = ReportAnswers.of(view, documents, Sight.FULL, healthTag, readyTag);
        this.quick = quick;
        this.startup = Response.json(view.report().started() ? 200 : 503, documents.startup(view.report()))
                .withHeader("ETag", startupTag.header());
    }

    private record Tags(VerdictTag health, VerdictTag ready, VerdictTag quick, VerdictTag startup) {}

    static Answers first(View view, ReportDocuments documents) {
        long number = view.report().time().toEpochMilli();
        Tags tags = new Tags(
                new VerdictTag("health", healthVerdict(view), number),
                new VerdictTag("ready", readyVerdict(view), number),
                new VerdictTag("quick", view.report().takesTraffic(), number),
                new VerdictTag("startup", view.report().started(), number));
        return new Answers(view, documents, tags, quick(view, tags.quick()));
    }

    Answers next(View newView, ReportDocuments documents) {
        Tags tags = new Tags(
                healthTag.next(healthVerdict(newView)),
                readyTag.next(readyVerdict(newView)),
                quickTag.next(newView.report().takesTraffic()),
                startupTag.next(newView.report().started()));
        return new Answers(
                newView, documents, tags, tags.quick().equals(quickTag) ? quick : quick(newView, tags.quick()));
    }

    View view() {
        return view;
    }

    ReportAnswers report(Sight sight) {
        return switch (sight) {
            case ANONYMOUS -> anonymous;
            case FULL -> full;
        };
    }

    CompleteResponse quick() {
        return quick;
    }

    CompleteResponse startup() {
        return startup;
    }

    VerdictTag healthTag() {
        return healthTag;
    }

    VerdictTag readyTag() {
        return readyTag;
    }

    VerdictTag quickTag() {
        return quickTag;
    }

    VerdictTag startupTag() {
        return startupTag;
    }

    private static CompleteResponse quick(View view, VerdictTag tag) {
        // A balancer that drops degraded nodes turns one fault into an outage, so a degraded shard still gets a 200.
        boolean ok = view.report().takesTraffic();
        return Response.text(ok ? 200 : 503, ok ? "OK" : "UNAVAILABLE").withHeader("ETag", tag.header());
    }

    private static List<Object> healthVerdict(View view) {
        return List.of(view.report().status(), view.failedChecks());
    }

    private static List<Object> readyVerdict(View view) {
        return List.of(view.isReady(), view.reasons(), view.failedChecks());
    }
}
