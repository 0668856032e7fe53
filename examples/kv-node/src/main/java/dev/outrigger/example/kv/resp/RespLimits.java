package dev.outrigger.example.kv.resp;

/**
 * What a client may ask of the server's memory.
 *
 * @param maxConnections how many clients at once; more are told so and closed
 * @param maxArguments how many strings a request may have
 * @param maxBulkBytes how long one string may be; checked when its length is announced, before any of it is kept
 * @param maxRequestBytes how long all strings of a request may be together
 */
public record RespLimits(int maxConnections, int maxArguments, int maxBulkBytes, int maxRequestBytes) {

    /** 256 connections, 4,096 arguments, 1 MiB a string, 2 MiB a request. */
    public static final RespLimits DEFAULT = new RespLimits(256, 4096, 1 << 20, 2 << 20);

    public RespLimits {
        requirePositive("maxConnections", maxConnections);
        requirePositive("maxArguments", maxArguments);
        requirePositive("maxBulkBytes", maxBulkBytes);
        requirePositive("maxRequestBytes", maxRequestBytes);
    }

    private static void requirePositive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }
}
