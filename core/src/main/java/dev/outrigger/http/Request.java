package dev.outrigger.http;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * One request as a {@link Handler} sees it: already admitted, its body read whole.
 *
 * <p>Not thread-safe: one thread uses it at a time. On {@link Lane#LOOP} it is valid during the handler's call only,
 * elsewhere until the answer has been written.
 */
public interface Request {

    /** The method as sent; a HEAD reaches the handler of the path's GET as HEAD, so that it can save itself the body. */
    Method method();

    /** The decoded path, without query and without the sidecar's own prefix. */
    String path();

    /**
     * The decoded value of a parameter of the route's path.
     *
     * @throws IllegalArgumentException if the route's path has no such parameter
     */
    String pathParameter(String name);

    /** The decoded query parameters; empty where there is no query. */
    Query query();

    /** The value of the first header field of that name, whatever its case. */
    Optional<String> header(String name);

    /** The values of all header fields of that name, whatever its case, in the order sent. */
    List<String> headers(String name);

    /** The name of this request in logs and error documents: the client's own where it is well-formed, else made here. */
    String requestId();

    /** The body, empty where there is none; at most 64 KiB. The array is the caller's to keep. */
    byte[] body();

    /**
     * Tells whether the caller may see messages, details and stacks: it is authorised, or the sidecar has no
     * authentication at all.
     */
    boolean seesDetails();

    /** Who the caller has proven to be. Empty where nobody has asked, and while an {@link Authenticator} still does. */
    default Optional<Principal> principal() {
        return Optional.empty();
    }

    /**
     * The certificate that the client has proven in the TLS handshake, if it showed one that is trusted and valid at this
     * moment.
     */
    default Optional<X509Certificate> clientCertificate() {
        return Optional.empty();
    }

    /**
     * Where the request comes from: the peer's address, or the one that trusted proxies tell of. Empty where there is no such
     * thing, as in a test.
     */
    default Optional<IpAddress> clientAddress() {
        return Optional.empty();
    }

    /** Where the handler may write down what the request is about, for the access log and the audit log. */
    default RequestNotes notes() {
        return new RequestNotes();
    }
}
