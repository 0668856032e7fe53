package dev.outrigger.example.bench;

import dev.outrigger.netty.OpsSidecar;

/** A sidecar with nothing switched on that can be off: what the probes of a whole node are compared with. Runs until it is killed. */
public final class PlainSidecar {

    private PlainSidecar() {}

    /** Listens on loopback, on the port that is the first argument. */
    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        try (OpsSidecar sidecar = OpsSidecar.builder("plain")
                .listen("127.0.0.1", port)
                .withoutClients()
                .start()) {
            System.out.println("listens at " + sidecar.address());
            Thread.currentThread().join();
        }
    }
}
