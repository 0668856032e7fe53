package dev.outrigger.ops;

import dev.outrigger.http.Method;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request for metrics, without a server. */
final class ScrapeRequest implements Request {

    private final Method method;
    private final Query query;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private ScrapeRequest(Method method, Query query) {
        this.method = method;
        this.query = query;
    }

    static ScrapeRequest get() {
        return new ScrapeRequest(Method.GET, Query.empty());
    }

    static ScrapeRequest get(String query) {
        return new ScrapeRequest(Method.GET, Query.parse(query));
    }

    static ScrapeRequest head() {
        return new ScrapeRequest(Method.HEAD, Query.empty());
    }

    ScrapeRequest with(String name, String value) {
        headers.put(name.toLowerCase(Locale.ROOT), value);
        return this;
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String path() {
        return "/metrics";
    }

    @Override
    public String pathParameter(String name) {
        throw new IllegalArgumentException(name);
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public List<String> headers(String name) {
        return header(name).stream().toList();
    }

    @Override
    public String requestId() {
        return "test";
    }

    @Override
    public byte[] body() {
        return new byte[0];
    }

    @Override
    public boolean seesDetails() {
        return true;
    }
}
