package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class S3StoreTest extends ObjectStoreContract {

    private static final ObjectName NAME = new ObjectName("b1-cluster-metadata.json");
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final AtomicInteger PLACES = new AtomicInteger();
    private static final AtomicReference<S3ProxyServer> SERVER = new AtomicReference<>();
    private static final AtomicReference<S3Connection> CONNECTION = new AtomicReference<>();

    private final String prefix = "node/" + PLACES.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        SERVER.set(S3ProxyServer.start());
        CONNECTION.set(S3Connection.open(
                S3ProxyServer.settings(SERVER.get().endpoint()).build()));
    }

    @AfterAll
    static void stop() throws Exception {
        CONNECTION.get().close();
        SERVER.get().close();
    }

    @Override
    ObjectStore open() {
        return at(prefix);
    }

    /** This server may give the length and tag of one version with the content of another, which is noticed, as it should be. */
    @Override
    byte[] contentWhileReplaced(ObjectName name) throws IOException {
        while (true) {
            try {
                return contentOf(name);
            } catch (EOFException e) {
                assertThat(e).hasMessageStartingWith("object: " + name);
            }
        }
    }

    private static ObjectStore at(String prefix) {
        return new S3Store(CONNECTION.get(), new S3Location(S3ProxyServer.BUCKET, prefix));
    }

    @Test
    void theServerIsSeenToVerifyChecksums() throws Exception {
        assertThat(store().probe("node-1")).isEqualTo(new StoreTraits(true, true));
    }

    @Test
    void aProbeRemovesWhatOneOfItsOwnerHasLeft() throws Exception {
        ObjectName left = new StoreProbe(store(), "node-1").newName();
        ObjectName anothers = new StoreProbe(store(), "node-2").newName();
        write(left, HELLO);
        write(anothers, HELLO);
        store().probe("node-1");
        assertThat(store().stat(left)).isEmpty();
        assertThat(store().stat(anothers)).isPresent();
        store().probe("node-2");
    }

    @Test
    void aPrefixEndsAtItsSlash() throws Exception {
        at(prefix + "b").putIfAbsent(NAME, HELLO);
        at(prefix + "/deeper").putIfAbsent(NAME, HELLO);
        try (ObjectSink open = at(prefix + "/deeper").create(NAME)) {
            open.write(content(9 * 1024 * 1024));
            assertThat(store().stat(NAME)).isEmpty();
            assertNothingIsLeft();
        }
    }

    @Test
    void aWholeBucketIsALocationToo() throws Exception {
        ObjectStore bucket = at("");
        bucket.putIfAbsent(NAME, HELLO);
        assertThat(bucket.list("", "", 10)).extracting(StoredObject::name).containsExactly(NAME);
        bucket.delete(NAME);
    }

    @Test
    void credentialsAreAskedForEachTime() throws Exception {
        AtomicReference<S3Credentials> current = new AtomicReference<>(S3Credentials.of("outrigger", "wrong"));
        try (S3Connection connection = S3Connection.open(S3Settings.builder()
                .endpoint(SERVER.get().endpoint())
                .credentials(current::get)
                .build())) {
            ObjectStore store = new S3Store(connection, new S3Location(S3ProxyServer.BUCKET, prefix));
            assertThatThrownBy(() -> store.putIfAbsent(NAME, HELLO))
                    .isInstanceOf(IOException.class)
                    .hasMessage("location: s3://backups/" + prefix + ": 403 SignatureDoesNotMatch"
                            + " (expected: credentials that may read, write, list and delete here)");
            assertThatThrownBy(() -> store.stat(NAME)).hasMessageContaining(": 403 (expected: credentials");
            current.set(S3ProxyServer.CREDENTIALS);
            store.putIfAbsent(NAME, HELLO);
        }
    }

    @Test
    void aMissingBucketIsSaidToBeMissing() {
        ObjectStore store = new S3Store(CONNECTION.get(), new S3Location("nobodys", "p"));
        String message = "location: s3://nobodys/p: 404 NoSuchBucket (expected: a bucket that is there)";
        assertThatThrownBy(() -> store.putIfAbsent(NAME, HELLO)).hasMessage(message);
        assertThatThrownBy(() -> store.list("", "", 1)).hasMessage(message);
        assertThatThrownBy(() -> store.probe("node-1")).isInstanceOf(IOException.class);
    }

    @Test
    void aStoreThatIsNotThereIsSaidNotToAnswer() {
        S3Settings nowhere = S3ProxyServer.settings(URI.create("http://127.0.0.1:1"))
                .attempts(1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        try (S3Connection connection = S3Connection.open(nowhere)) {
            ObjectStore store = new S3Store(connection, new S3Location(S3ProxyServer.BUCKET, prefix));
            assertThatThrownBy(() -> store.stat(NAME))
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "location: s3://backups/" + prefix
                                    + ": HttpHostConnectException (expected: an object store that answers, and credentials for it)");
        }
    }

    @Test
    void storesShareAClientWhoseOneThreadIsOursAndEndsWithIt() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        try (ObjectStores stores = new ObjectStores(
                LocationRoots.of(List.of(new S3Location(S3ProxyServer.BUCKET, ""))),
                S3ProxyServer.settings(SERVER.get().endpoint()).build())) {
            for (String place : List.of("x", "y")) {
                try (ObjectStore one = stores.open(new S3Location(S3ProxyServer.BUCKET, prefix + place))) {
                    one.putIfAbsent(NAME, HELLO);
                }
            }
            assertThat(clientThreads(before)).extracting(Thread::getName).containsExactly("outrigger-s3-timer");
            assertThat(clientThreads(before)).allMatch(Thread::isDaemon);
        }
        await().pollInSameThread().until(() -> clientThreads(before).isEmpty());
    }

    /** The server's threads are in this process too. */
    private static List<Thread> clientThreads(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !thread.getName().startsWith("qtp"))
                .toList();
    }
}
