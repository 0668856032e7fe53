package dev.outrigger.trace;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientTableTest {

    private static final byte[] CURL = "curl/8.0".getBytes(US_ASCII);

    private final ClientTable table = new ClientTable(List.of("unmatched", "/ping", "/metrics"));
    private long now = 1_000;

    private Client call(@Nullable Client last, String address, String agent, @Nullable String principal) {
        byte[] bytes = agent.getBytes(US_ASCII);
        Client client = table.find(last, address, bytes, 0, bytes.length, principal);
        client.record(1, false, 10, 20_000, now++);
        return client;
    }

    @Test
    void aClientIsAnAddressAndANameAndWhoItIs() {
        Client first = call(null, "192.0.2.1", "curl", null);
        assertThat(call(first, "192.0.2.1", "curl", null)).isSameAs(first);
        assertThat(call(null, "192.0.2.1", "curl", null)).isSameAs(first);
        assertThat(call(first, "192.0.2.2", "curl", null)).isNotSameAs(first);
        assertThat(call(first, "192.0.2.1", "wget", null)).isNotSameAs(first);
        assertThat(call(first, "192.0.2.1", "curl", "operator")).isNotSameAs(first);
        assertThat(table.reports()).hasSize(4).extracting(ClientReport::id).doesNotHaveDuplicates();
    }

    @Test
    void theOneSeenLastComesFirst() {
        call(null, "192.0.2.1", "curl", null);
        call(null, "192.0.2.2", "curl", null);
        call(null, "192.0.2.1", "curl", null);
        assertThat(table.reports()).extracting(ClientReport::address).containsExactly("192.0.2.1", "192.0.2.2");
    }

    @Test
    void theOneNotSeenForLongestIsForgotten() {
        Client regular = call(null, "192.0.2.1", "balancer", null);
        Client once = call(null, "192.0.2.1", "once", null);
        for (int i = 0; i < 1_000; i++) {
            call(null, "198.51.100.1", "agent-" + i, null);
            regular = call(regular, "192.0.2.1", "balancer", null);
        }
        assertThat(table.reports())
                .hasSize(256)
                .extracting(report -> report.userAgent().orElse(""))
                .contains("balancer", "agent-999", "agent-745")
                .doesNotContain("once", "agent-744");
        assertThat(call(once, "192.0.2.1", "once", null)).isNotSameAs(once);
        assertThat(table.reports()).hasSize(256);
    }

    @Test
    void figuresAreKeptByRouteAndAddedUp() {
        Client client = table.find(null, "192.0.2.1", CURL, 0, CURL.length, null);
        client.record(1, false, 100, 1_000_000, 5_000);
        client.record(2, false, 5_000, 9_000_000, 6_000);
        client.record(2, true, 300, 2_000_000, 7_000);
        ClientReport report = table.reports().get(0);
        assertThat(report.total().requests()).isEqualTo(3);
        assertThat(report.total().errors()).isEqualTo(1);
        assertThat(report.total().bytesSent()).isEqualTo(5_400);
        assertThat(report.total().firstSeen().toEpochMilli()).isEqualTo(5_000);
        assertThat(report.total().lastSeen().toEpochMilli()).isEqualTo(7_000);
        assertThat(report.total().maxNanos()).isEqualTo(9_000_000);
        assertThat(report.total().p50Nanos()).isBetween(1_000_000L, 3_200_000L);
        assertThat(report.routes())
                .extracting(
                        ClientReport.RouteFigures::route,
                        route -> route.figures().requests())
                .containsExactly(tuple("/ping", 1L), tuple("/metrics", 2L));
        assertThat(table.report(report.id())).contains(report);
        assertThat(table.report("nobody")).isEmpty();
    }

    @Test
    void aLongNameIsCut() {
        call(null, "192.0.2.1", "x".repeat(5_000), null);
        assertThat(table.reports().get(0).userAgent()).hasValue("x".repeat(256));
    }

    @Test
    void aClientWithoutANameHasNone() {
        call(null, "192.0.2.1", "", null);
        assertThat(table.reports().get(0).userAgent()).isEmpty();
    }

    @Test
    void countingAKnownClientAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        List<byte[]> agents = IntStream.range(0, 16)
                .mapToObj(i -> ("agent-" + i).getBytes(US_ASCII))
                .toList();
        count(agents, 20_000);
        long before = threads.getCurrentThreadAllocatedBytes();
        count(agents, 20_000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private void count(List<byte[]> agents, int times) {
        for (int i = 0; i < times; i++) {
            byte[] agent = agents.get(i & 15);
            table.find(null, "192.0.2.1", agent, 0, agent.length, null).record(1, false, 10, 20_000, 5_000);
        }
    }
}
