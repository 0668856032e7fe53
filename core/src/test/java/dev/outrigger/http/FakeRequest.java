package dev.outrigger.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A request of which only the header fields matter, each one a name and a value. */
record FakeRequest(List<HeaderField> fields) implements Request {

    static FakeRequest with(String name, String... values) {
        return new FakeRequest(
                Arrays.stream(values).map(value -> new HeaderField(name, value)).toList());
    }

    @Override
    public Method method() {
        return Method.GET;
    }

    @Override
    public String path() {
        return "/";
    }

    @Override
    public String pathParameter(String name) {
        throw new IllegalArgumentException(name);
    }

    @Override
    public Query query() {
        return Query.empty();
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .toList();
    }

    @Override
    public String requestId() {
        return "r-1";
    }

    @Override
    public byte[] body() {
        return new byte[0];
    }

    @Override
    public boolean seesDetails() {
        return false;
    }
}
