package dev.outrigger.example.kv.observe;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.cluster.ConnectivityProbe;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;

/**
 * Asks the node's own RESP port as a client would: the one thing that a node which stands alone has to reach. Answers while the
 * store is being opened are {@code -LOADING}, and count as none. Safe for use by many threads.
 */
public final class RespProbe implements HealthCheck {

    private static final int PATIENCE_MILLIS = 1_500;
    private static final byte[] PING = "*1\r\n$4\r\nPING\r\n".getBytes(US_ASCII);
    private static final String PONG = "+PONG";

    private volatile Optional<InetSocketAddress> address = Optional.empty();

    /** Returns the probe that a sidecar takes. */
    public ConnectivityProbe asConnectivity() {
        return ConnectivityProbe.of("resp", this).kind("listener");
    }

    /** Says which port to ask, from now on. */
    public void listensAt(InetSocketAddress newAddress) {
        address = Optional.of(newAddress);
    }

    @Override
    public HealthResult check() throws IOException {
        return address.isPresent() ? ping(address.get()) : HealthResult.unhealthy("nobody listens yet");
    }

    private static HealthResult ping(InetSocketAddress target) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(target, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(PING);
            String answer = new String(socket.getInputStream().readNBytes(PONG.length()), US_ASCII);
            return answer.equals(PONG) ? HealthResult.healthy() : HealthResult.unhealthy("answered " + answer);
        }
    }
}
