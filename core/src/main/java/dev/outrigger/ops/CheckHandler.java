package dev.outrigger.ops;

import dev.outrigger.health.CheckKind;
import dev.outrigger.health.CheckReport;
import dev.outrigger.http.Handler;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;

/**
 * Serves one check: {@code /health/checks/{name}}, {@code /livez/{name}}, {@code /readyz/{name}}. Under {@code /livez} there
 * are liveness checks only, and one without a result yet is live; elsewhere it is all checks, and one without a result is
 * not good yet.
 */
final class CheckHandler implements Handler {

    private final AnswerBoard board;
    private final ReportDocuments documents;
    private final boolean liveness;

    CheckHandler(AnswerBoard board, ReportDocuments documents, boolean liveness) {
        this.board = board;
        this.documents = documents;
        this.liveness = liveness;
    }

    @Override
    public Response handle(Request request) {
        CheckReport check = board.latest()
                .view()
                .report()
                .check(request.pathParameter("name"))
                .filter(found -> !liveness || found.options().kind() == CheckKind.LIVENESS)
                .orElseThrow(() -> Problem.notFound("No such check").asException());
        boolean ok = liveness ? !check.status().isFailed() : check.status().isGood();
        return Response.json(ok ? 200 : 503, documents.check(check, ok, Sight.of(request)));
    }
}
