package dev.outrigger.example.raft;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The network between nodes, as far as it is of use to cut it: every node sees every other by a name that leads to a {@link Link} of these
 * two, since each process has a hosts file of its own.
 */
final class Links implements AutoCloseable {

    private final Path directory;
    private final List<String> names;
    private final List<Link> links = new ArrayList<>();

    /**
     * Lays the links between nodes.
     *
     * @param ports of each node that the others speak to
     */
    Links(Path directory, Map<String, List<Integer>> ports) {
        this.directory = directory;
        this.names = List.copyOf(new TreeMap<>(ports).keySet());
        for (String from : names) {
            for (String to : names) {
                if (!from.equals(to)) {
                    ports.get(to).forEach(port -> links.add(new Link(from, to, address(from, to), port)));
                }
            }
        }
    }

    /** The name under which all know a node. */
    static String host(String name) {
        return name + ".raft.test";
    }

    /** Writes what the process of a node takes for the names of all of them. */
    Path hostsOf(String from) {
        StringBuilder hosts = new StringBuilder("127.0.0.1 localhost\n");
        for (String to : names) {
            hosts.append(address(from, to)).append(' ').append(host(to)).append('\n');
        }
        try {
            return Files.writeString(directory.resolve(from + ".hosts"), hosts.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on nothing that a node sends reaches the others, nor the other way round; nobody is told. */
    void isolate(String node) {
        links.stream().filter(link -> link.touches(node)).forEach(Link::cut);
    }

    /** Everybody reaches everybody again, by new connections. */
    void mend() {
        links.forEach(Link::mend);
    }

    private String address(String from, String to) {
        return from.equals(to) ? "127.0.0.1" : "127.0." + (1 + names.indexOf(from)) + "." + (1 + names.indexOf(to));
    }

    @Override
    public void close() {
        links.forEach(Link::close);
    }

    /** One port of one node as one other node sees it. While it is cut, connections stay open, and nothing comes through. */
    private static final class Link {

        private final String from;
        private final String to;
        private final int port;
        private final ServerSocket listener;
        private final List<Socket> sockets = new ArrayList<>(); // guarded by this
        private boolean cut; // guarded by this
        private boolean closed; // guarded by this

        Link(String from, String to, String address, int port) {
            this.from = from;
            this.to = to;
            this.port = port;
            try {
                listener = new ServerSocket();
                listener.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            begin(this::accept);
        }

        boolean touches(String node) {
            return from.equals(node) || to.equals(node);
        }

        synchronized void cut() {
            cut = true;
        }

        synchronized void mend() {
            if (cut) {
                cut = false;
                closeSockets();
                notifyAll();
            }
        }

        synchronized void close() {
            closed = true;
            notifyAll();
            closeSockets();
            closeQuietly(listener);
        }

        private void closeSockets() {
            sockets.forEach(Link::closeQuietly);
            sockets.clear();
        }

        private void accept() {
            try {
                while (true) {
                    Socket near = listener.accept();
                    begin(() -> connect(near));
                }
            } catch (IOException e) {
                // closed with the test
            }
        }

        private void connect(Socket near) {
            if (isCut()) {
                keep(near); // and it hears nothing until the link is mended
                return;
            }
            try {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), port);
                if (keep(near) && keep(far)) {
                    begin(() -> pump(near, far));
                    pump(far, near);
                }
            } catch (IOException e) {
                closeQuietly(near);
            }
        }

        private synchronized boolean isCut() {
            return cut;
        }

        private synchronized boolean keep(Socket socket) {
            if (closed) {
                closeQuietly(socket);
                return false;
            }
            sockets.add(socket);
            return true;
        }

        private void pump(Socket source, Socket sink) {
            byte[] buffer = new byte[16 << 10];
            try {
                for (int read = source.getInputStream().read(buffer);
                        read >= 0;
                        read = source.getInputStream().read(buffer)) {
                    holdWhileCut();
                    sink.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException e) {
                // one side has gone
            }
            closeQuietly(source);
            closeQuietly(sink);
        }

        private synchronized void holdWhileCut() {
            while (cut && !closed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }

        private static void begin(Runnable work) {
            Thread thread = new Thread(work, "link");
            thread.setDaemon(true);
            thread.start();
        }

        private static void closeQuietly(AutoCloseable resource) {
            try {
                resource.close();
            } catch (Exception e) {
                // nobody is left to be told
            }
        }
    }
}
