package dev.outrigger.ops;

import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;

/** {@code /health/quick}: should a balancer send traffic here? One shard, one word. */
final class QuickProbe implements Probe {

    @Override
    public Response answer(Answers now, Ask ask) {
        // Only a node that would take traffic but for draining is one to finish sessions on; a broken one is not.
        boolean drained = ask.drainAs404()
                && now.view().isDraining()
                && now.view().report().couldTakeTraffic();
        return drained ? as404(now.quick(), now.quickTag()) : now.quick();
    }

    @Override
    public VerdictTag tag(Answers now) {
        return now.quickTag();
    }

    private static CompleteResponse as404(CompleteResponse answer, VerdictTag tag) {
        return Response.of(404, Response.TEXT, answer.body()).withHeader("ETag", tag.header());
    }
}
