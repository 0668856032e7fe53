package dev.outrigger.example.kv.resp;

import dev.outrigger.example.kv.observe.StoreFacts;
import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.store.Store;
import dev.outrigger.example.kv.store.StoreTables;
import dev.outrigger.example.kv.work.WorkerPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server with a real store and two real workers on a free port, and the operations that it was told of. */
final class RunningServer implements AutoCloseable {

    static final int WORKERS = 2;

    private final List<String> observed = new CopyOnWriteArrayList<>();
    private final DataDirectory directory;
    private final Store store;
    private final WorkerPool workers;
    private final RespServer server;

    private RunningServer(Path path, RespLimits limits) throws IOException {
        directory = DataDirectory.open(path);
        store = new Store(directory);
        workers = new WorkerPool(WORKERS, limits.maxConnections());
        workers.start();
        server = RespServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                service((operation, nanos) -> observed.add(operation)),
                limits);
    }

    static RunningServer open(Path path) throws IOException {
        return open(path, RespLimits.DEFAULT);
    }

    static RunningServer open(Path path, RespLimits limits) throws IOException {
        RunningServer running = new RunningServer(path, limits);
        running.store.open((done, total, phase) -> {});
        return running;
    }

    /** A server whose store has not been opened yet. */
    static RunningServer loading(Path path) throws IOException {
        return new RunningServer(path, RespLimits.DEFAULT);
    }

    /** What is behind the port, for a server of one's own. */
    RespService service(RequestObserver observer) {
        return new RespService(
                store, new StoreTables(store), workers, observer, new StoreFacts(store, "kv-node", "1.2.3"));
    }

    RespClient client() throws IOException {
        return new RespClient(server.address());
    }

    List<String> observed() {
        return observed;
    }

    Store store() {
        return store;
    }

    RespServer server() {
        return server;
    }

    WorkerPool workers() {
        return workers;
    }

    @Override
    public void close() {
        server.close();
        workers.close();
        store.close();
        directory.close();
    }
}
