package dev.outrigger.example.kv;

/** Starts a key-value node. */
public final class KvNode {

    private KvNode() {}

    /**
     * Runs the node until the process is asked to stop.
     *
     * @param args the options
     */
    public static void main(String[] args) {
        System.out.println("kv-node");
    }
}
