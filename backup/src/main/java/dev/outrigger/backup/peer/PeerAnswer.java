package dev.outrigger.backup.peer;

import static java.util.Objects.requireNonNull;

import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import java.io.IOException;

/**
 * What a peer's sidecar answered.
 *
 * @param status of HTTP
 * @param body as it came, bounded
 */
public record PeerAnswer(int status, byte[] body) {

    private static final int MOST_CHARACTERS = 200;

    public PeerAnswer {
        requireNonNull(body, "body");
    }

    /**
     * Reads the body as one object.
     *
     * @throws IOException if it is none
     */
    public JsonObject json() throws IOException {
        try {
            return JsonReader.object(body, PeerTransport.MAX_ANSWER_BYTES);
        } catch (JsonFormatException e) {
            throw new IOException("the peer answered " + status + " with what is no JSON object", e);
        }
    }

    /** Returns what the peer says is wrong, for people; its status where it does not say. */
    public String error() {
        try {
            String error = json().optionalString("error").orElse("answered " + status);
            return error.length() > MOST_CHARACTERS ? error.substring(0, MOST_CHARACTERS) : error;
        } catch (IOException | JsonFormatException e) {
            return "answered " + status;
        }
    }
}
