package dev.outrigger.example.kv;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands before an HTTP server, and holds requests of one kind until they are let through. */
final class HeldProxy implements AutoCloseable {

    private static final int PIECE = 1 << 16;

    private final int target;
    private final String held;
    private final ServerSocket listener;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    /**
     * Begins to stand before a server on loopback.
     *
     * @param held what the requests begin with that are held
     */
    HeldProxy(int target, String held) {
        this.target = target;
        this.held = held;
        try {
            listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Tells whether a request is held, or was. */
    boolean isReached() {
        return reached.getCount() == 0;
    }

    /** Lets everything through from now on. */
    void release() {
        released.countDown();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = keep(listener.accept());
                Socket server = keep(new Socket(InetAddress.getLoopbackAddress(), target));
                threads.execute(() -> pump(client, server, true));
                threads.execute(() -> pump(server, client, false));
            }
        } catch (IOException e) {
            release(); // closed
        }
    }

    private Socket keep(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        sockets.add(socket);
        return socket;
    }

    private void pump(Socket from, Socket to, boolean requests) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                if (requests && new String(piece, 0, n, ISO_8859_1).startsWith(held)) {
                    reached.countDown();
                    released.await();
                }
                out.write(piece, 0, n);
            }
        } catch (IOException e) {
            return; // one side has left, and so the other has to
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
