package dev.outrigger.metrics;

import java.util.List;

/**
 * Tells how much the host stores and how much it could. Implemented by the host.
 *
 * <p>Called on the scrape lane, once a collection and never by two threads at once; one that throws loses these figures for
 * that scrape.
 */
@FunctionalInterface
public interface StorageUsage {

    /**
     * Returns what is stored now, each tenant and bucket once.
     *
     * @throws Exception if it is not known now
     */
    List<StorageSpace> spaces() throws Exception;
}
