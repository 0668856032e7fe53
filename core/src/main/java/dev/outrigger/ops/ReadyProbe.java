package dev.outrigger.ops;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;
import java.util.List;

/** {@code /ready}: should the node get traffic, and if not, why? */
final class ReadyProbe implements Probe {

    private static final List<String> DRAINING_ALONE = List.of("draining");

    private final ReportDocuments documents;
    private final DraftDocument draft;
    private final String title;

    /**
     * @param title what the last line of the text form calls it
     */
    ReadyProbe(ReportDocuments documents, DraftDocument draft, String title) {
        this.documents = documents;
        this.draft = draft;
        this.title = title;
    }

    @Override
    public Response answer(Answers now, Ask ask) {
        if (ask.isPlain()) {
            return now.report(ask.sight()).ready();
        }
        View view = ask.checks().of(now.view());
        List<String> warnings = ask.checks().warnings(now.view().report());
        CompleteResponse answer = answer(view, ask, warnings).withHeader("Vary", "Accept");
        return ask.checks().isAll() ? answer.withHeader("ETag", now.readyTag().header()) : answer;
    }

    @Override
    public VerdictTag tag(Answers now) {
        return now.readyTag();
    }

    private CompleteResponse answer(View view, Ask ask, List<String> warnings) {
        int code = code(view, ask);
        return switch (ask.form()) {
            case JSON -> Response.json(code, documents.ready(view, ask.sight(), warnings));
            case TEXT -> Response.text(code, VerboseText.ready(title, view, ask.sight(), warnings));
            case HEALTH_JSON ->
                Response.of(
                        code,
                        DraftDocument.MEDIA_TYPE,
                        draft.write(DraftDocument.readiness(view), view, ask.sight(), warnings));
        };
    }

    private static int code(View view, Ask ask) {
        if (view.isReady()) {
            return ask.degradedAs429() && view.isDegraded() ? 429 : 200;
        }
        // Only a node that would be ready but for draining is one to finish sessions on; a broken one is not.
        return ask.drainAs404() && view.reasons().equals(DRAINING_ALONE) ? 404 : 503;
    }
}
