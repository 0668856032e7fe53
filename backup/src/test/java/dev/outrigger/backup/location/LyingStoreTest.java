package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.location.FaultyProxy.Fault;
import dev.outrigger.backup.location.FaultyProxy.Step;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that say yes to what they do not do, as some in the field were seen to. */
class LyingStoreTest {

    private static final ObjectName NAME = new ObjectName("shard-0-users-b1.tar.zst");
    private static final byte[] HELLO = "hello".getBytes(UTF_8);
    private static final byte[] LARGE = ObjectStoreContract.content(9 * 1024 * 1024);

    private S3ProxyServer server;
    private FaultyProxy proxy;
    private S3Connection connection;
    private ObjectStore store;

    @BeforeEach
    void start() throws Exception {
        server = S3ProxyServer.startCredulous();
        proxy = FaultyProxy.before(server.port());
        connection = S3Connection.open(S3ProxyServer.settings(proxy.endpoint()).build());
        store = new S3Store(connection, new S3Location(S3ProxyServer.BUCKET, "p"));
    }

    @AfterEach
    void stop() throws Exception {
        connection.close();
        proxy.close();
        server.close();
    }

    @Test
    void theProbeSeesThatConditionsAreIgnored() throws Exception {
        proxy.plan((step, nth) -> step == Step.PUT ? Fault.UNCONDITIONAL : Fault.NONE);
        assertThat(store.probe("node-1")).isEqualTo(new StoreTraits(false, true));
        assertThat(store.list("", "", 10)).isEmpty();
    }

    @Test
    void theProbeSeesThatChecksumsAreIgnored() throws Exception {
        proxy.plan((step, nth) -> step == Step.PUT ? Fault.UNCHECKED : Fault.NONE);
        assertThat(store.probe("node-1")).isEqualTo(new StoreTraits(true, false));
        assertThat(store.list("", "", 10)).isEmpty();
    }

    @Test
    void whereACompletionIgnoresItsConditionNothingIsReplacedAllTheSame() throws Exception {
        proxy.plan((step, nth) -> step == Step.COMPLETE ? Fault.UNCONDITIONAL : Fault.NONE);
        store.putIfAbsent(NAME, HELLO);
        assertThatThrownBy(() -> {
                    try (ObjectSink sink = store.create(NAME)) {
                        sink.write(LARGE);
                        sink.commit();
                    }
                })
                .isInstanceOf(ObjectExistsException.class);
        try (InputStream in = store.read(NAME).orElseThrow()) {
            assertThat(in.readAllBytes()).isEqualTo(HELLO);
        }
        assertThat(store.removeUnfinished("", true)).isZero();
    }

    @Test
    void aWriteThatWasOnlySaidToBeDoneIsFoundOutByTheProbe() {
        proxy.plan((step, nth) -> step == Step.PUT ? Fault.IGNORED : Fault.NONE);
        assertThatThrownBy(() -> store.probe("node-1")).hasMessageContaining("location: ");
    }
}
