package dev.outrigger.ops;

import dev.outrigger.http.Method;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import java.util.List;

/**
 * What a reader of a probe asks for, taken from a request while it is valid. Immutable.
 *
 * @param bodyless whether only the status and the headers will be sent
 * @param shards whether the array of shards is wanted
 * @param drainAs404 whether a node that only drains is to be told from a broken one ({@code ?drain=404}, for HAProxy's
 *     {@code disable-on-404})
 * @param degradedAs429 whether a degraded node is to be told from a healthy one ({@code ?degraded=429}, for Consul)
 */
record Ask(
        Sight sight,
        Form form,
        boolean bodyless,
        CheckSelection checks,
        boolean shards,
        ShardPage page,
        boolean drainAs404,
        boolean degradedAs429) {

    private static final Ask PLAIN_ANONYMOUS = plain(Sight.ANONYMOUS);
    private static final Ask PLAIN_FULL = plain(Sight.FULL);

    /** The shape of the answer. */
    enum Form {
        JSON,

        /** A line for each check, as {@code kubectl get --raw='/readyz?verbose'} shows it. */
        TEXT,

        /** The form of draft-inadarei-api-health-check. */
        HEALTH_JSON
    }

    /**
     * @param listsShards whether the probe knows the parameters of a page; any other ignores them
     * @throws dev.outrigger.http.ProblemException with 400 if it knows them and they make no sense
     */
    static Ask of(Request request, boolean listsShards) {
        Sight sight = Sight.of(request);
        boolean bodyless = request.method() != Method.GET;
        boolean draft = prefersDraft(request);
        if (request.query().isEmpty() && !bodyless && !draft) {
            // The way of nearly all probes: nothing is allocated for them.
            return sight == Sight.FULL ? PLAIN_FULL : PLAIN_ANONYMOUS;
        }
        Query query = request.query();
        return new Ask(
                sight,
                draft ? Form.HEALTH_JSON : form(request),
                bodyless,
                CheckSelection.of(query),
                !query.all("shards").equals(List.of("false")),
                listsShards ? ShardPage.of(query) : ShardPage.ALL,
                query.all("drain").contains("404"),
                query.all("degraded").contains("429"));
    }

    /** Tells whether the answer that was encoded beforehand is the one that is asked for. */
    boolean isPlain() {
        return form == Form.JSON && checks.isAll() && !drainAs404 && !degradedAs429;
    }

    private static Form form(Request request) {
        Query query = request.query();
        boolean verbose = query.has("verbose") && !query.all("verbose").contains("false");
        // The JSON form is verbose already, so whoever names it gets it.
        return verbose && !MediaMatch.of(ranges(request), Response.JSON).isNamed() ? Form.TEXT : Form.JSON;
    }

    private static boolean prefersDraft(Request request) {
        // Nearly nobody names it, and only for those is it worth reading the header properly.
        boolean named = false;
        for (String field : request.headers("Accept")) {
            named |= field.contains(DraftDocument.MEDIA_TYPE);
        }
        if (!named) {
            return false;
        }
        List<Preference> ranges = ranges(request);
        MediaMatch draft = MediaMatch.of(ranges, DraftDocument.MEDIA_TYPE);
        // Not by a range such as application/*, which says nothing of a form that hardly anybody knows.
        return draft.isNamed() && draft.isPreferredTo(MediaMatch.of(ranges, Response.JSON));
    }

    private static List<Preference> ranges(Request request) {
        return Preference.parse(String.join(",", request.headers("Accept")));
    }

    private static Ask plain(Sight sight) {
        return new Ask(sight, Form.JSON, false, CheckSelection.ALL, true, ShardPage.ALL, false, false);
    }
}
