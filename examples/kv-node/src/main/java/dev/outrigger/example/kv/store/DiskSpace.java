package dev.outrigger.example.kv.store;

/**
 * The space of a file system at one moment.
 *
 * @param usableBytes what this process may still write
 * @param totalBytes how large the file system is
 */
public record DiskSpace(long usableBytes, long totalBytes) {}
