package dev.outrigger.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a peer's sidecar {@code GET /ping}, on the thread of the call and no other: the client of the JDK would bring a thread
 * that waits, and a pool.
 *
 * <p>Meant to be interrupted at its timeout: the socket is a channel's, which an interrupt closes.
 */
final class HttpPing implements HealthCheck {

    private static final int PATIENCE_MILLIS = (int) ConnectivityProbe.PACE.toMillis();
    private static final int LONGEST_LINE = 256;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9][0-9])( .*)?");

    /** A peer that wants a token for its probes is there: it was reached, and that is what is asked. */
    private static final Set<String> REACHED = Set.of("200", "401", "403");

    private final String host;
    private final int port;
    private final boolean tls;
    private final Supplier<SSLSocketFactory> tlsSockets;
    private final byte[] request;

    /**
     * @param opsUrl where the peer's sidecar listens, with the prefix of its paths
     */
    HttpPing(URI opsUrl, Supplier<SSLSocketFactory> tlsSockets) {
        this.tls = "https".equalsIgnoreCase(opsUrl.getScheme());
        this.host = opsUrl.getHost().replaceAll("[\\[\\]]", "");
        this.port = opsUrl.getPort() > 0 ? opsUrl.getPort() : tls ? 443 : 80;
        this.tlsSockets = tlsSockets;
        this.request = request(opsUrl);
    }

    private static byte[] request(URI opsUrl) {
        String path = opsUrl.getRawPath().replaceAll("/+$", "") + "/ping";
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + opsUrl.getRawAuthority()
                + "\r\nUser-Agent: outrigger\r\nConnection: close\r\n\r\n";
        return head.getBytes(ISO_8859_1);
    }

    @Override
    public HealthResult check() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return HealthResult.unhealthy("unknown host");
        }
        try (SocketChannel channel = SocketChannel.open()) {
            Socket plain = channel.socket();
            plain.connect(address, PATIENCE_MILLIS);
            plain.setSoTimeout(PATIENCE_MILLIS);
            if (!tls) {
                return ask(plain);
            }
            try (Socket secured = secured(plain)) {
                return ask(secured);
            }
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) tlsSockets.get().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    private HealthResult ask(Socket socket) throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        Matcher status = STATUS_LINE.matcher(firstLine(socket.getInputStream()));
        if (!status.matches()) {
            return HealthResult.unhealthy("no HTTP answer");
        }
        return REACHED.contains(status.group(1))
                ? HealthResult.healthy()
                : HealthResult.unhealthy("answered " + status.group(1));
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\r' && line.length() < LONGEST_LINE; next = in.read()) {
            line.append((char) next);
        }
        return line.toString();
    }
}
