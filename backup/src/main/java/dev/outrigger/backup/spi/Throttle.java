package dev.outrigger.backup.spi;

/**
 * Keeps a backup or a restore from taking more of the machine than the host can spare. Asked before each piece of data is read, by every
 * thread that moves data.
 */
@FunctionalInterface
public interface Throttle {

    /** Never holds anything up. */
    Throttle NONE = bytes -> {};

    /**
     * Waits until so many more bytes may be moved. May wait for as long as the host is busy; returns early when the thread is
     * interrupted.
     *
     * @param bytes how many are to be moved next, at most 1 MiB
     * @throws InterruptedException if the thread was interrupted
     */
    void acquire(int bytes) throws InterruptedException;
}
