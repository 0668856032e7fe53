package dev.outrigger.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.http.Method;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as a test makes it up. */
public record FakeRequest(
        Method method,
        String path,
        Map<String, String> parameters,
        Query query,
        List<Map.Entry<String, String>> headers,
        boolean seesDetails,
        byte[] body)
        implements Request {

    public static FakeRequest get(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        Query query = question < 0 ? Query.empty() : Query.parse(target.substring(question + 1));
        return new FakeRequest(Method.GET, path, Map.of(), query, List.of(), true, new byte[0]);
    }

    public static FakeRequest put(String path, String body) {
        return new FakeRequest(Method.PUT, path, Map.of(), Query.empty(), List.of(), true, body.getBytes(UTF_8));
    }

    FakeRequest as(Method newMethod) {
        return new FakeRequest(newMethod, path, parameters, query, headers, seesDetails, body);
    }

    FakeRequest anonymous() {
        return new FakeRequest(method, path, parameters, query, headers, false, body);
    }

    FakeRequest parameters(Map<String, String> newParameters) {
        return new FakeRequest(method, path, newParameters, query, headers, seesDetails, body);
    }

    public FakeRequest header(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new FakeRequest(method, path, parameters, query, more, seesDetails, body);
    }

    @Override
    public String pathParameter(String name) {
        return parameters.get(name);
    }

    @Override
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    @Override
    public List<String> headers(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Override
    public String requestId() {
        return "request-1";
    }
}
