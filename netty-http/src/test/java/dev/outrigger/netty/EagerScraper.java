package dev.outrigger.netty;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads {@code /metrics} over and over, as fast as it comes. */
final class EagerScraper implements AutoCloseable {

    private static final int RECEIVE_BUFFER_BYTES = 1024 * 1024;

    private final AtomicInteger scrapes = new AtomicInteger();
    private final Thread thread;
    private volatile boolean stopped;

    EagerScraper(InetSocketAddress address) {
        thread = new Thread(() -> scrape(address), "eager-scraper");
        thread.start();
    }

    private void scrape(InetSocketAddress address) {
        while (!stopped) {
            try (RawClient client = new RawClient(address, RECEIVE_BUFFER_BYTES)) {
                client.send("GET /metrics HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n")
                        .readToEnd();
                scrapes.incrementAndGet();
            }
        }
    }

    /** How many scrapes it has read to their end. */
    int scrapes() {
        return scrapes.get();
    }

    /** Ends after the scrape it is at. */
    @Override
    public void close() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
