package dev.outrigger.ops;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;
import dev.outrigger.shard.ShardCounts;
import java.util.Optional;

/**
 * The answers of the two big documents, for one sight. Immutable.
 *
 * @param ready the whole answer of {@code /ready}
 * @param healthDocument the document of {@code /health} for when the array of shards is added to it
 * @param health the whole answer of {@code /health} where no shard is open here; else empty
 */
record ReportAnswers(CompleteResponse ready, HealthDocument healthDocument, Optional<CompleteResponse> health) {

    static ReportAnswers of(
            View view, ReportDocuments documents, Sight sight, VerdictTag healthTag, VerdictTag readyTag) {
        CompleteResponse ready = tagged(
                Response.json(
                        view.isReady() ? 200 : 503,
                        documents.ready(view, sight, view.report().warnings())),
                readyTag);
        HealthDocument document =
                new HealthDocument(documents.health(view, sight), view.report().warnings());
        Optional<CompleteResponse> health = hasNoShards(view)
                ? Optional.of(tagged(Response.json(view.isLive() ? 200 : 503, document.withNoShards()), healthTag))
                : Optional.empty();
        return new ReportAnswers(ready, document, health);
    }

    static boolean hasNoShards(View view) {
        return view.report().shards().counts().map(ShardCounts::active).equals(Optional.of(0));
    }

    private static CompleteResponse tagged(CompleteResponse response, VerdictTag tag) {
        return response.withHeader("Vary", "Accept").withHeader("ETag", tag.header());
    }
}
