package dev.outrigger.example.bench.backup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks a node on loopback for {@code /health/quick} once every 5 ms over one connection, and tells how long the answers took. A probe that
 * was due while the one before was still unanswered counts from when it was due; one that the client itself was late with does not.
 */
public final class ProbeClient {

    private static final long INTERVAL_NANOS = 5_000_000;
    private static final byte[] REQUEST = "GET /health/quick HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] ANSWER = "HTTP/1.1 200 ".getBytes(US_ASCII);

    private final byte[] buffer = new byte[4 << 10];

    private ProbeClient() {}

    /** Takes the node's port, and for how many seconds to ask; prints median, 99th percentile and longest in milliseconds. */
    public static void main(String[] arguments) throws IOException {
        int port = Integer.parseInt(arguments[0]);
        int probes = (int) (Double.parseDouble(arguments[1]) * 1e9 / INTERVAL_NANOS);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            ProbeClient client = new ProbeClient();
            client.run(socket, 400); // warms the client up, and the node
            long[] nanos = client.run(socket, probes);
            Arrays.sort(nanos);
            System.out.printf("%.3f %.3f %.3f%n", at(nanos, 0.5) / 1e6, at(nanos, 0.99) / 1e6, at(nanos, 1) / 1e6);
        }
    }

    private static double at(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }

    private long[] run(Socket socket, int probes) throws IOException {
        long[] nanos = new long[probes];
        long answered = System.nanoTime();
        long due = answered;
        for (int i = 0; i < probes; i++, due += INTERVAL_NANOS) {
            boolean overdue = answered > due;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            long begun = overdue ? due : System.nanoTime();
            ask(socket);
            answered = System.nanoTime();
            nanos[i] = answered - begun;
        }
        return nanos;
    }

    private void ask(Socket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(REQUEST);
        InputStream in = socket.getInputStream();
        int length = 0;
        do {
            int got = in.read(buffer, length, buffer.length - length);
            if (got < 0) {
                throw new EOFException("the node closed the connection (expected: an answer)");
            }
            length += got;
        } while (!isWhole(length));
        if (Arrays.mismatch(buffer, 0, ANSWER.length, ANSWER, 0, ANSWER.length) >= 0) {
            throw new IOException("answer: " + new String(buffer, 0, length, US_ASCII) + " (expected: 200)");
        }
    }

    /** The body of the answer is {@code OK}. */
    private boolean isWhole(int length) {
        return length > ANSWER.length && new String(buffer, 0, length, US_ASCII).endsWith("\r\n\r\nOK");
    }
}
