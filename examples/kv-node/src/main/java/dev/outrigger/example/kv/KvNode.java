package dev.outrigger.example.kv;

import dev.outrigger.example.kv.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The command: runs a node until it is told to stop.
 *
 * <p>Ends with status 2 where an option is wrong, and with 1 where the node cannot start, after one line on standard error that
 * says why.
 */
public final class KvNode {

    private static final int CANNOT_START = 1;
    private static final int WRONG_OPTION = 2;

    private KvNode() {}

    /** Blocks until the process is told to stop, since {@code exec:java} ends with its main method. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print(Options.HELP);
            return;
        }
        try {
            run(Options.parse(arguments), System.out);
        } catch (UsageException e) {
            exit(WRONG_OPTION, e);
        } catch (IOException | StoreException e) {
            exit(CANNOT_START, e);
        }
    }

    private static void run(Options options, PrintStream out) throws IOException, InterruptedException {
        Node node = new Node(options);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node, stopped), "kv-shutdown"));
        out.print(Greeting.of(node.start()));
        stopped.await();
    }

    private static void stop(Node node, CountDownLatch stopped) {
        node.close();
        stopped.countDown();
    }

    private static void exit(int status, Exception e) {
        System.err.println("kv-node: " + e.getMessage());
        System.exit(status);
    }
}
