package dev.outrigger.ops;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.Handler;
import dev.outrigger.http.JsonBody;
import dev.outrigger.http.Method;
import dev.outrigger.http.Operation;
import dev.outrigger.http.Problem;
import dev.outrigger.http.Request;
import dev.outrigger.http.Response;
import dev.outrigger.http.Route;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import dev.outrigger.secrets.SecretEntry;
import dev.outrigger.secrets.SecretKey;
import dev.outrigger.secrets.SecretStatus;
import dev.outrigger.secrets.SecretStore;
import dev.outrigger.secrets.SecretStoreException;
import dev.outrigger.secrets.SecretValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Serves {@code /secrets} below the prefix of the admin API: lists the names, takes values, removes them, and never tells one.
 *
 * <pre>
 *   GET    …/secrets         {"secrets":[{"key":"…","status":"configured_keystore","env_var":"…","created_at":"…","updated_at":"…"}]}
 *   PUT    …/secrets/{key}   {"value":"…"} gives 200 and the entry
 *   DELETE …/secrets/{key}   204
 * </pre>
 *
 * <p>Each error is told before the next is looked for: a malformed key, a body that is no JSON or has no value, more than one
 * node, draining, a key that is not in the keystore.
 */
public final class SecretRoutes {

    private static final int RETRY_SECONDS = 5;

    private static final Schema ENTRY = Schema.object()
            .field("key", Schema.text())
            .field("status", Schema.oneOf(SecretStatus.values(), SecretStatus::word))
            .field("env_var", Schema.text())
            .field("created_at", Schema.time().orNull())
            .field("updated_at", Schema.time().orNull())
            .named("Secret");

    private static final String TAG = "secrets";

    private static final Operation LIST = Operation.of(TAG)
            .answers(
                    200,
                    "The names, sorted; never a value.",
                    Response.JSON,
                    Schema.object().field("secrets", Schema.listOf(ENTRY)).named("Secrets"));

    private static final Operation CHANGE = Operation.of(TAG)
            .path("key", Schema.matching("[A-Za-z0-9._-]{1,128}"))
            .refuses(400, "The key or the body is malformed.")
            .refuses(503, "One of several nodes, draining, or the keystore cannot be changed.");

    private static final Operation PUT = CHANGE.takes(
                    Schema.object().field("value", Schema.text().length(1, 65_536)))
            .answers(200, "The entry, without the value.", Response.JSON, ENTRY)
            .refuses(409, "The keystore is full.");

    private static final Operation DELETE =
            CHANGE.answers(204, "It is gone.").refuses(404, "The keystore has no such secret.");

    private static final Problem NO_VALUE = Problem.badRequest("value: empty (expected: at least one character)");

    /** A node's own file is no place for what a cluster must agree on, and waiting does not change that. */
    private static final Problem MANY_NODES =
            Problem.of(503, "Secrets can be changed on a single node only, and this is one of several");

    private static final Problem DRAINING = Problem.busy("The node is draining", RETRY_SECONDS);
    private static final Problem UNKNOWN = Problem.notFound("No such secret in the keystore");
    private static final Problem UNUSABLE = Problem.busy("The keystore cannot be changed at the moment", RETRY_SECONDS);
    private static final Problem FULL = Problem.of(409, "The keystore is full");

    private final SecretStore store;
    private final boolean singleNode;
    private final BooleanSupplier draining;

    private SecretRoutes(SecretStore store, boolean singleNode, BooleanSupplier draining) {
        this.store = requireNonNull(store, "store");
        this.singleNode = singleNode;
        this.draining = requireNonNull(draining, "draining");
    }

    /**
     * Makes the routes.
     *
     * @param prefix of the admin API, such as {@code /api/v1}
     * @param singleNode whether secrets may be changed here; on one of several nodes they can only be listed
     * @param draining asked at each change
     */
    public static List<Route> of(SecretStore store, String prefix, boolean singleNode, BooleanSupplier draining) {
        SecretRoutes routes = new SecretRoutes(store, singleNode, draining);
        String one = prefix + "/secrets/{key}";
        return List.of(
                Route.get(prefix + "/secrets")
                        .summary("The names of the secrets, and where each is configured")
                        .describedBy(LIST)
                        .handledBy(routes::list),
                Route.writing(Method.PUT, one)
                        .summary("Puts a secret into the keystore")
                        .describedBy(PUT)
                        .handledBy(routes.changing(routes::put)),
                Route.writing(Method.DELETE, one)
                        .summary("Removes a secret from the keystore")
                        .describedBy(DELETE)
                        .handledBy(routes.changing(routes::delete)));
    }

    private Response list(Request request) {
        List<SecretEntry> entries = store.entries();
        return Response.json(
                200,
                JsonWriter.object(json -> json.array(
                        "secrets", list -> entries.forEach(entry -> list.element(fields -> write(entry, fields))))));
    }

    private Response put(Request request) {
        SecretKey key = key(request);
        SecretValue value = value(request);
        requireChangeable();
        SecretEntry entry = store.put(key, value);
        return Response.json(200, JsonWriter.object(json -> write(entry, json)));
    }

    private Response delete(Request request) {
        SecretKey key = key(request);
        requireChangeable();
        if (!store.delete(key)) {
            throw UNKNOWN.asException();
        }
        return Response.empty(204);
    }

    private static SecretKey key(Request request) {
        try {
            return new SecretKey(request.pathParameter("key"));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(String.valueOf(e.getMessage())).asException();
        }
    }

    private static SecretValue value(Request request) {
        String text = JsonBody.read(request, body -> body.string("value"));
        if (text.isEmpty()) {
            throw NO_VALUE.asException();
        }
        return SecretValue.of(text);
    }

    private void requireChangeable() {
        if (!singleNode) {
            throw MANY_NODES.asException();
        }
        if (draining.getAsBoolean()) {
            throw DRAINING.asException();
        }
    }

    /** A handler that knows what the store's failures mean to a client. */
    private Handler changing(Handler change) {
        return request -> {
            try {
                return change.handle(request);
            } catch (SecretStoreException e) {
                throw switch (e.reason()) {
                    case WRONG_PASSWORD, DAMAGED, UNREADABLE, BUSY, CLOSED -> UNUSABLE.asException();
                    case FULL -> FULL.asException();
                    case NOT_WRITTEN -> e; // 500: the log has more to say, and waiting may not help.
                };
            }
        };
    }

    private static void write(SecretEntry entry, JsonWriter json) {
        json.field("key", entry.key().value())
                .field("status", entry.status().word())
                .field("env_var", entry.key().environmentName());
        write("created_at", entry.createdAt(), json);
        write("updated_at", entry.updatedAt(), json);
    }

    private static void write(String name, Optional<Instant> time, JsonWriter json) {
        time.ifPresentOrElse(known -> json.field(name, known), () -> json.nullField(name));
    }
}
