package dev.outrigger.example.bench;

import dev.outrigger.http.Method;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import java.util.List;
import java.util.Optional;

/** A GET of a path, without query or header, by a reader who may see everything. */
record PlainGet(String path) implements Request {

    @Override
    public Method method() {
        return Method.GET;
    }

    @Override
    public String pathParameter(String name) {
        throw new IllegalArgumentException("path parameter: " + name + " (expected: none)");
    }

    @Override
    public Query query() {
        return Query.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return Optional.empty();
    }

    @Override
    public List<String> headers(String name) {
        return List.of();
    }

    @Override
    public String requestId() {
        return "benchmark";
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
