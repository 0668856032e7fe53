package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.http.IpAddress;
import dev.outrigger.http.Method;
import dev.outrigger.http.Principal;
import dev.outrigger.http.Query;
import dev.outrigger.http.Request;
import dev.outrigger.http.RequestNotes;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's head as it came over the wire: the bytes, and where in them its parts are. Text is made of them only when
 * somebody asks, so that a probe, of which nobody asks anything but the path, makes none.
 *
 * <p>A connection uses one head for many requests as long as all are answered on the event loop; one that is handed to
 * another thread is that request's for good.
 */
final class RequestHead implements Request {

    /** Room for a probe's head; a larger one makes its own. Many probes come on a connection of their own, which pays for it. */
    private static final int USUAL_BYTES = 256;

    private static final int USUAL_FIELDS = 6;
    private static final int INTS_PER_FIELD = 4;
    private static final byte[] NO_BODY = new byte[0];
    private static final String REQUEST_ID = "X-Request-Id";
    private static final int MAX_REQUEST_ID_BYTES = 128;

    private final RequestIds ids;

    private byte[] bytes = new byte[USUAL_BYTES];
    private int length;

    private Method method = Method.UNKNOWN;
    private int minorVersion;
    private int pathStart;
    private int pathEnd;
    private int targetEnd;

    private int[] fields = new int[USUAL_FIELDS * INTS_PER_FIELD];
    private int fieldCount;

    private String path = "";
    private Map<String, String> pathParameters = Map.of();
    private @Nullable Query query;
    private String requestId = "";
    private byte[] body = NO_BODY;
    private boolean seesDetails;
    private @Nullable Peer peer;
    private @Nullable IpAddress client;
    private @Nullable Principal principal;
    private @Nullable RequestNotes notes;

    RequestHead(RequestIds ids) {
        this.ids = ids;
    }

    /** Makes the head ready for the next request. */
    void clear() {
        length = 0;
        fieldCount = 0;
        query = null;
        requestId = "";
        body = NO_BODY;
        seesDetails = false;
        client = null;
        principal = null;
        notes = null;
    }

    // What the parser fills in.

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Makes room for more bytes behind those that are there. */
    byte[] ensureRoom(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
        return bytes;
    }

    void grow(int more) {
        length += more;
    }

    /** Gives back bytes at the end that are not the head's. */
    void truncate(int to) {
        length = to;
    }

    void requestLine(Method method, int minorVersion, int pathStart, int pathEnd, int targetEnd) {
        this.method = method;
        this.minorVersion = minorVersion;
        this.pathStart = pathStart;
        this.pathEnd = pathEnd;
        this.targetEnd = targetEnd;
    }

    void addField(int nameStart, int nameEnd, int valueStart, int valueEnd) {
        int at = fieldCount * INTS_PER_FIELD;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        fields[at] = nameStart;
        fields[at + 1] = nameEnd;
        fields[at + 2] = valueStart;
        fields[at + 3] = valueEnd;
        fieldCount++;
    }

    int fieldCount() {
        return fieldCount;
    }

    // What the dispatcher fills in.

    void matched(String path, Map<String, String> pathParameters) {
        this.path = path;
        this.pathParameters = pathParameters;
    }

    void sentBy(Peer newPeer) {
        this.peer = newPeer;
    }

    Peer peer() {
        return Objects.requireNonNull(peer, "peer");
    }

    /** Sets where the request comes from, in the word of a trusted proxy. */
    void comesFrom(IpAddress newClient) {
        this.client = newClient;
    }

    /** Tells whether the request carries a credential at all, in its head or by its connection. */
    boolean hasCredentials() {
        return indexOf("Authorization") >= 0 || peer().hasCertificate();
    }

    /** Sets who has proven to send this, and may see everything. */
    void callerIs(Principal caller) {
        this.principal = caller;
        this.seesDetails = true;
    }

    void withBody(byte[] body) {
        this.body = body;
    }

    void showDetails(boolean seesDetails) {
        this.seesDetails = seesDetails;
    }

    boolean isVersion10() {
        return minorVersion == 0;
    }

    int pathStart() {
        return pathStart;
    }

    int pathEnd() {
        return pathEnd;
    }

    /** The path as sent, still percent-encoded. */
    String rawPath() {
        return pathStart == pathEnd ? "/" : new String(bytes, pathStart, pathEnd - pathStart, US_ASCII);
    }

    @Override
    public Method method() {
        return method;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String pathParameter(String name) {
        String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "path parameter: " + name + " (expected: one of " + pathParameters.keySet() + ")");
        }
        return value;
    }

    @Override
    public Query query() {
        Query parsed = query;
        if (parsed == null) {
            int start = Math.min(pathEnd + 1, targetEnd);
            parsed = start == targetEnd
                    ? Query.empty()
                    : Query.parse(new String(bytes, start, targetEnd - start, US_ASCII));
            query = parsed;
        }
        return parsed;
    }

    @Override
    public Optional<String> header(String name) {
        int field = indexOf(name);
        return field < 0 ? Optional.empty() : Optional.of(value(field));
    }

    /** The place of the first field of that name; -1 if there is none. */
    int indexOf(String name) {
        for (int i = 0; i < fieldCount; i++) {
            if (isNamed(i, name)) {
                return i;
            }
        }
        return -1;
    }

    /** Where a field's value begins in {@link #bytes()}. */
    int valueStart(int field) {
        return fields[field * INTS_PER_FIELD + 2];
    }

    /** Where it ends. */
    int valueEnd(int field) {
        return fields[field * INTS_PER_FIELD + 3];
    }

    @Override
    public List<String> headers(String name) {
        int first = indexOf(name);
        if (first < 0) {
            return List.of();
        }
        List<String> values = new ArrayList<>(1);
        for (int i = first; i < fieldCount; i++) {
            if (isNamed(i, name)) {
                values.add(value(i));
            }
        }
        return values;
    }

    private boolean isNamed(int field, String name) {
        int at = field * INTS_PER_FIELD;
        return Ascii.equalsIgnoreCase(bytes, fields[at], fields[at + 1], name);
    }

    private String value(int field) {
        return new String(bytes, valueStart(field), valueEnd(field) - valueStart(field), ISO_8859_1);
    }

    @Override
    public String requestId() {
        if (requestId.isEmpty()) {
            int own = ownRequestId();
            requestId = own >= 0 ? value(own) : ids.next();
        }
        return requestId;
    }

    /** The place of the field in which the client names the request, if it does so well-formed; else -1. */
    int ownRequestId() {
        int field = indexOf(REQUEST_ID);
        boolean wellFormed = field >= 0
                && valueEnd(field) - valueStart(field) <= MAX_REQUEST_ID_BYTES
                && Ascii.isRequestId(bytes, valueStart(field), valueEnd(field));
        return wellFormed ? field : -1;
    }

    /** Tells whether somebody has asked for the name of the request already. */
    boolean hasMadeRequestId() {
        return !requestId.isEmpty();
    }

    @Override
    public byte[] body() {
        return body.clone();
    }

    @Override
    public boolean seesDetails() {
        return seesDetails;
    }

    @Override
    public Optional<Principal> principal() {
        return Optional.ofNullable(principal);
    }

    @Override
    public Optional<X509Certificate> clientCertificate() {
        return peer().certificate();
    }

    @Override
    public Optional<IpAddress> clientAddress() {
        return client != null ? Optional.of(client) : peer().address();
    }

    @Override
    public RequestNotes notes() {
        RequestNotes known = notes;
        if (known == null) {
            known = new RequestNotes();
            notes = known;
        }
        return known;
    }

    /** What the handler has noted, if it has. */
    @Nullable
    RequestNotes notesIfAny() {
        return notes;
    }
}
