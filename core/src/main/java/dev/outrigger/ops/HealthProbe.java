package dev.outrigger.ops;

import dev.outrigger.http.Response;
import java.util.List;

/** {@code /health}: is the process worth keeping? With the full report, and the array of shards where there are any. */
final class HealthProbe implements Probe {

    private final ReportDocuments documents;
    private final DraftDocument draft;
    private final ShardRendering rendering;
    private final String title;

    /**
     * @param title what the last line of the text form calls it
     */
    HealthProbe(ReportDocuments documents, DraftDocument draft, ShardRendering rendering, String title) {
        this.documents = documents;
        this.draft = draft;
        this.rendering = rendering;
        this.title = title;
    }

    @Override
    public Response answer(Answers now, Ask ask) {
        ReportAnswers encoded = now.report(ask.sight());
        if (ask.isPlain() && ask.shards()) {
            return encoded.health()
                    .map(Response.class::cast)
                    .orElseGet(() -> json(now, ask, now.view(), encoded.healthDocument()));
        }
        View view = ask.checks().of(now.view());
        List<String> warnings = ask.checks().warnings(now.view().report());
        return switch (ask.form()) {
            case JSON -> json(now, ask, view, new HealthDocument(documents.health(view, ask.sight()), warnings));
            case TEXT ->
                headers(now, ask)
                        .on(Response.text(code(view, ask), VerboseText.health(title, view, ask.sight(), warnings)));
            case HEALTH_JSON ->
                headers(now, ask)
                        .on(Response.of(
                                code(view, ask),
                                DraftDocument.MEDIA_TYPE,
                                draft.write(DraftDocument.liveness(view), view, ask.sight(), warnings)));
        };
    }

    @Override
    public VerdictTag tag(Answers now) {
        return now.healthTag();
    }

    private Response json(Answers now, Ask ask, View view, HealthDocument document) {
        HealthHeaders headers = headers(now, ask);
        int code = code(view, ask);
        if (!ask.shards()) {
            return headers.on(Response.json(code, document.withoutShards()));
        }
        if (ReportAnswers.hasNoShards(view)) {
            return headers.on(Response.json(code, document.withNoShards()));
        }
        if (ask.bodyless()) {
            return headers.on(Response.stream(code, Response.JSON, new NoBody()));
        }
        return rendering.answer(
                new ShardAnswer(code, document, ask.page(), headers),
                view.report().shards().isHung());
    }

    private static HealthHeaders headers(Answers now, Ask ask) {
        return new HealthHeaders(ask.checks().isAll() ? now.healthTag().header() : "");
    }

    private static int code(View view, Ask ask) {
        if (!view.isLive()) {
            return 503;
        }
        return ask.degradedAs429() && view.isDegraded() ? 429 : 200;
    }
}
