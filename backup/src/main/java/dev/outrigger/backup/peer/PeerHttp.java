package dev.outrigger.backup.peer;

import static java.util.Objects.requireNonNull;

import dev.outrigger.secrets.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/**
 * Asks peers by HTTP, on the thread of the call and no other. Each request has a connection of its own, which the peer is told to close,
 * and a sidecar does: where something before it does not, the JDK keeps the connection for some seconds, in a daemon thread of its own.
 */
public final class PeerHttp implements PeerTransport {

    private static final int PIECE = 8 * 1024;

    /** How many timeouts an answer may take as a whole. */
    private static final int PATIENCE = 4;

    private final PeerAccess access;

    /** Prepares to ask with the access that a host gave. */
    public PeerHttp(PeerAccess access) {
        this.access = requireNonNull(access, "access");
    }

    /** Asks nobody for a password: what a peer is shown, the access says. */
    private static final class Silent extends Authenticator {}

    @Override
    public PeerAnswer ask(URI sidecar, String path, byte[] body) throws IOException {
        HttpURLConnection connection = connect(sidecar, path);
        try {
            if (body.length > 0) {
                post(connection, body);
            }
            int status = connection.getResponseCode();
            if (status < 0) {
                throw new IOException("the peer does not speak HTTP");
            }
            return new PeerAnswer(status, read(connection));
        } catch (HttpRetryException e) {
            return new PeerAnswer(
                    e.responseCode(), new byte[0]); // The JDK does not give what a 401 to a POST has to say.
        } finally {
            connection.disconnect();
        }
    }

    private HttpURLConnection connect(URI sidecar, String path) throws IOException {
        String base = sidecar.toString().replaceAll("/+$", "");
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection(Proxy.NO_PROXY);
        int millis = (int) access.timeout().toMillis();
        connection.setConnectTimeout(Math.max(1, millis));
        connection.setReadTimeout(Math.max(1, millis));
        connection.setInstanceFollowRedirects(false);
        connection.setUseCaches(false);
        connection.setAuthenticator(new Silent());
        connection.setRequestProperty("Connection", "close");
        connection.setRequestProperty("Accept", "application/json");
        connection.setRequestProperty("User-Agent", "outrigger");
        access.token()
                .map(token -> requireNonNull(token.get(), "token"))
                .map(SecretValue::reveal)
                .ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
        if (connection instanceof HttpsURLConnection secured) {
            access.tls().map(SSLContext::getSocketFactory).ifPresent(secured::setSSLSocketFactory);
        }
        return connection;
    }

    private static void post(HttpURLConnection connection, byte[] body) throws IOException {
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        // Not buffered by the JDK, which would send it twice where the first answer does not come.
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
    }

    private byte[] read(HttpURLConnection connection) throws IOException {
        long deadline =
                System.nanoTime() + access.timeout().multipliedBy(PATIENCE).toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        InputStream in = connection.getErrorStream();
        try (InputStream answer = in == null ? connection.getInputStream() : in) {
            byte[] piece = new byte[PIECE];
            for (int n = answer.read(piece); n >= 0; n = answer.read(piece)) {
                body.write(piece, 0, n);
                if (body.size() > MAX_ANSWER_BYTES) {
                    throw new IOException(
                            "the peer's answer is too large (expected: <= " + MAX_ANSWER_BYTES + " bytes)");
                }
                if (System.nanoTime() > deadline) {
                    throw new SocketTimeoutException("the peer's answer takes too long");
                }
            }
        }
        return body.toByteArray();
    }
}
