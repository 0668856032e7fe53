package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves a thread of ours behind, and a class whose tests leave a buffer that nobody released. Registered
 * for the whole module, since Netty asks for its leak detector when the first buffer is made, and never again.
 */
public final class LeakGuard implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
    private static final Set<Thread> KNOWN = ConcurrentHashMap.newKeySet();

    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                    Class<T> resource, int sampling, long maxActive) {
                return new Recording<>(resource, sampling);
            }
        });
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        LEAKS.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        try {
            await("threads to end")
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> assertThat(ourThreads()).isEmpty());
        } finally {
            KNOWN.addAll(ourThreads()); // One test's fault is not the next one's.
        }
    }

    private static List<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("outrigger-") && !KNOWN.contains(thread))
                .toList();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        assertThat(leaks()).as("buffers that nobody released").isEmpty();
    }

    /** What has leaked so far, as far as a collection of garbage brings it to light. */
    static List<String> leaks() {
        collectGarbage();
        // The detector tells of what it found when it is asked to watch the next buffer.
        ByteBuf any = ByteBufAllocator.DEFAULT.directBuffer(1);
        any.release();
        return List.copyOf(LEAKS);
    }

    static void forgetLeaks() {
        LEAKS.clear();
    }

    private static void collectGarbage() {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Reference<Object> collected = new PhantomReference<>(new Object(), queue);
        await("a collection of garbage").until(() -> {
            System.gc();
            return queue.poll() == collected;
        });
    }

    /** Keeps what Netty's own detector would log. */
    private static final class Recording<T> extends ResourceLeakDetector<T> {

        Recording(Class<T> resource, int sampling) {
            super(resource, sampling);
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String resource, String records) {
            LEAKS.add(resource + records);
        }

        @Override
        protected void reportUntracedLeak(String resource) {
            LEAKS.add(resource);
        }
    }
}
