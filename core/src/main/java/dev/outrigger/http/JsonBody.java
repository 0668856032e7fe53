package dev.outrigger.http;

import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Reads the JSON that a request carries, and turns what is wrong with it into the answer that a client gets. */
public final class JsonBody {

    private JsonBody() {}

    /**
     * Reads a request's body as one JSON object.
     *
     * @param reading takes what it needs out of the object; fields it does not ask for are ignored
     * @throws ProblemException 415 if the body is not declared as {@code application/json} (parameters are allowed), 400 if it
     *     is no JSON object or lacks what {@code reading} asked for
     */
    public static <T> T read(Request request, Function<JsonObject, T> reading) {
        requireJson(request.headers("Content-Type"));
        try {
            return reading.apply(JsonReader.object(request.body()));
        } catch (JsonFormatException e) {
            throw Problem.badRequest(e.getMessage()).asException();
        }
    }

    private static void requireJson(List<String> contentTypes) {
        if (contentTypes.size() != 1 || !isJson(contentTypes.get(0))) {
            throw Problem.of(415, "Content-Type: not JSON (expected: application/json)")
                    .asException();
        }
    }

    private static boolean isJson(String contentType) {
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.strip().toLowerCase(Locale.ROOT).equals(Response.JSON);
    }
}
