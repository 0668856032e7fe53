package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Scrapes, and takes the answer at 10 KB/s. */
final class SlowReader implements AutoCloseable {

    private static final int BYTES_AT_ONCE = 1024;
    private static final int PACE_MILLIS = 100;
    private static final int RECEIVE_BUFFER_BYTES = 8 * 1024;

    private final Socket socket;
    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // synchronized itself
    private volatile boolean ended;

    private SlowReader(Socket socket) {
        this.socket = socket;
    }

    static SlowReader scraping(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        socket.connect(address);
        socket.getOutputStream()
                .write("GET /metrics HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n".getBytes(ISO_8859_1));
        SlowReader reader = new SlowReader(socket);
        reader.pace.scheduleAtFixedRate(reader::readSome, 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
        reader.awaitBytes(1);
        return reader;
    }

    private void readSome() {
        try {
            byte[] some = new byte[BYTES_AT_ONCE];
            int count = socket.getInputStream().read(some);
            if (count < 0) {
                ended = true;
            } else {
                bytes.write(some, 0, count);
            }
        } catch (IOException e) {
            ended = true;
        }
    }

    void awaitBytes(int count) {
        await("bytes of a slow scrape").until(() -> bytes.size() >= count);
    }

    boolean hasEnded() {
        return ended;
    }

    /** Loses its slowness, and returns the whole answer. */
    String readQuicklyToEnd() throws InterruptedException {
        pace.shutdown();
        if (!pace.awaitTermination(PACE_MILLIS * 10L, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("the slow reader does not stop");
        }
        try {
            bytes.writeBytes(socket.getInputStream().readAllBytes());
            return bytes.toString(ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        pace.shutdownNow();
        socket.close();
    }
}
