package dev.outrigger.example.raft;

import dev.outrigger.example.kv.UsageException;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.netty.SidecarStartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The command: runs nodes until the process is told to stop.
 *
 * <p>Ends with status 2 where an option is wrong, and with 1 where a node cannot start, after one line on standard error that says
 * why.
 */
public final class RaftKv {

    private static final int CANNOT_START = 1;
    private static final int WRONG_OPTION = 2;

    /** gRPC logs by the JDK's own means, at start too; held here, since the JDK forgets a logger that nobody holds. */
    private static final Logger GRPC = Logger.getLogger("org.apache.ratis.thirdparty.io.grpc");

    private final Options options;
    private final NodesHere nodes;
    private final CountDownLatch stopping = new CountDownLatch(1);

    private RaftKv(Options options) {
        this.options = options;
        this.nodes = new NodesHere(options);
    }

    /** Blocks until the process ends, since {@code exec:java} ends with its main method. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        try {
            Options options = Options.parse(arguments);
            logBelow(options.node().map(options.data()::resolve).orElse(options.data()));
            new RaftKv(options).run();
        } catch (UsageException | IllegalArgumentException e) { // one option is wrong, or several together are
            exit(WRONG_OPTION, e);
        } catch (IOException | StoreException | SidecarStartException e) {
            exit(CANNOT_START, e);
        }
    }

    /** Tells the log where its files go, and what is not worth a line. To be called before anything is logged. */
    private static void logBelow(Path data) {
        System.setProperty("raft.logs", data.toAbsolutePath().resolve("logs").toString());
        GRPC.setLevel(Level.WARNING);
    }

    private void run() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "raft-shutdown"));
        try {
            nodes.start();
            System.out.print(Greeting.of(options));
        } catch (StoreException e) {
            if (stopping.getCount() > 0) {
                throw e;
            } // else it was stopped while it started, which is nothing to complain of
        }
        new CountDownLatch(1).await(); // the process ends under this thread, once the hook is done
    }

    private void stop() {
        stopping.countDown();
        nodes.close();
    }

    private static void exit(int status, Exception e) {
        System.err.println("raft-kv: " + e.getMessage());
        System.exit(status);
    }
}
