package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.outrigger.cluster.ConnectivityProbe;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.health.HealthResult;
import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.Response;
import dev.outrigger.http.Right;
import dev.outrigger.http.Route;
import dev.outrigger.metrics.StorageSpace;
import dev.outrigger.ops.OptionalRoute;
import dev.outrigger.shard.ReplicaPlace;
import dev.outrigger.shard.ReplicaRole;
import dev.outrigger.shard.ReplicaState;
import dev.outrigger.shard.ReplicaVisitor;
import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardVisitor;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The cluster's routes over the wire, on a sidecar as a host has it. */
final class ClusterTest {

    private static final String LEAVING = "{\"status\":\"leaving\"}";

    private final FakeCluster cluster = new FakeCluster();

    private OpsSidecarBuilder builder() {
        return OpsSidecar.builder("node-1")
                .listen("127.0.0.1", 0)
                .drainDelay(Duration.ZERO)
                .cluster(cluster)
                .enable(OptionalRoute.CLUSTER_LEAVE)
                .enable(OptionalRoute.CLUSTER_DOWN);
    }

    private static OpsSidecar ready(OpsSidecarBuilder builder) {
        OpsSidecar sidecar = builder.start();
        await().until(() -> sidecar.health().isReady());
        return sidecar;
    }

    @Test
    void aClientTakesANodeOutOfTheCluster() {
        try (OpsSidecar sidecar = ready(builder().auth(BearerAuth.of("operator", "s3cret", Right.WRITE)))) {
            HttpResponse<String> anonymous = Probing.send(sidecar, "POST", "/cluster/leave");
            assertThat(anonymous.statusCode()).isEqualTo(401);
            assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"outrigger\"");
            HttpResponse<String> mistaken = post(sidecar, "/cluster/leave", "wrong", "");
            assertThat(mistaken.statusCode()).isEqualTo(401);
            assertThat(mistaken.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"outrigger\"");
            assertThat(Probing.get(sidecar, "/cluster/members", "Authorization", "Bearer s3cret")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(cluster.done).isEmpty();

            HttpResponse<String> first = post(sidecar, "/cluster/leave", "s3cret", "");
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.body()).isEqualTo(LEAVING);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            assertThat(Probing.code(sidecar, "/health/quick")).isEqualTo(503);
            await().until(() -> !cluster.done.isEmpty());
            HttpResponse<String> second = post(sidecar, "/cluster/leave", "s3cret", "");
            assertThat(second.statusCode()).isEqualTo(200);
            assertThat(second.body()).isEqualTo(LEAVING);

            assertThat(post(sidecar, "/cluster/down", "s3cret", "{\"address\":\"z:1\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(Probing.code(sidecar, "/health")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            assertThat(cluster.done).containsExactly("leave");
        }
    }

    @Test
    void theClusterIsToldAsItsClientsKnowIt() {
        cluster.others(
                Member.of("b:1", 2, MemberStatus.WEAKLY_UP).version("1.2").opsUrl("http://127.0.0.1:1/ops"));
        try (OpsSidecar sidecar = ready(builder())) {
            assertThat(Probing.get(sidecar, "/cluster/members").body()).isEqualTo("""
                    {"selfAddress":"a:1","leader":"b:1","members":[\
                    {"address":"a:1","status":"up","roles":["compute"],"uniqueAddress":{"address":"a:1","uid":1},\
                    "version":null,"ops_url":null},\
                    {"address":"b:1","status":"weakly_up","roles":[],"uniqueAddress":{"address":"b:1","uid":2},\
                    "version":"1.2","ops_url":"http://127.0.0.1:1/ops"}]}""");
            assertThat(Probing.get(sidecar, "/cluster/leader").body())
                    .isEqualTo("{\"leader\":\"b:1\",\"isSelf\":false}");
            assertThat(Probing.get(sidecar, "/cluster/shards?type=cart").body()).isEqualTo("""
                    {"typeName":"cart","regions":[{"address":"a:1","shards":[0,1,2]},{"address":"b:1","shards":[]}]}""");
            assertThat(Probing.code(sidecar, "/cluster/shards?type=order")).isEqualTo(404);
            HttpResponse<String> untyped = Probing.get(sidecar, "/cluster/shards", "X-Request-Id", "r1");
            assertThat(untyped.statusCode()).isEqualTo(400);
            assertThat(untyped.body())
                    .isEqualTo("{\"error\":\"Missing query parameter: type\",\"status\":400,\"request_id\":\"r1\"}");
        }
    }

    @Test
    void whatOneNodeHoldsUpMayNotGoDown() {
        try (OpsSidecar sidecar = ready(builder().shards(new TwoReplicas()))) {
            HttpResponse<String> safety = Probing.get(sidecar, "/cluster/restart-safety");
            assertThat(safety.statusCode()).isEqualTo(503);
            assertThat(safety.body()).isEqualTo("""
                    {"safe":false,"risks":{"quorum_loss":[7],"offline":[],"below_min_in_sync":[],"single_replica":[]},\
                    "recovered_percent":100.0}""");
            HttpResponse<String> leave = Probing.send(sidecar, "POST", "/cluster/leave", "X-Request-Id", "r1");
            assertThat(leave.statusCode()).isEqualTo(409);
            assertThat(leave.body()).isEqualTo("""
                    {"error":"This node cannot leave safely now: quorum_loss","status":409,"request_id":"r1"}""");
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(200);

            cluster.others();
            assertThat(Probing.get(sidecar, "/cluster/restart-safety").body()).startsWith("{\"safe\":true,");
            cluster.others(Member.of("b:1", 2, MemberStatus.UNREACHABLE));
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave?force=yes").statusCode())
                    .isEqualTo(409);
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave?force=true")
                            .body())
                    .isEqualTo(LEAVING);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aLeaveThatFailsIsToldAndCanBeTriedAgain() {
        try (OpsSidecar sidecar = ready(builder())) {
            cluster.fail(true);
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave?force=true")
                            .statusCode())
                    .isEqualTo(200);
            await().until(() -> status(sidecar).contains("\"lifecycle\":\"leave_failed\""));
            assertThat(status(sidecar)).doesNotContain(FakeCluster.FAILURE);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            cluster.fail(false);
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave").statusCode())
                    .isEqualTo(200);
            await().until(() -> cluster.done.size() == 2);
            assertThat(status(sidecar)).contains("\"lifecycle\":\"draining\"");
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
        }
    }

    @Test
    void theHostLeavesOnlyAfterTheDrainDelayAndNotOnceTheSidecarIsClosed() {
        OpsSidecar sidecar = ready(builder().drainDelay(Duration.ofHours(1)));
        assertThat(Probing.send(sidecar, "POST", "/cluster/leave").statusCode()).isEqualTo(200);
        assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
        assertThat(Probing.send(sidecar, "POST", "/cluster/leave").body()).isEqualTo(LEAVING);
        sidecar.close(Duration.ZERO);
        assertThat(cluster.done).isEmpty();
    }

    @Test
    void anotherMemberIsDeclaredDead() {
        try (OpsSidecar sidecar = ready(builder())) {
            HttpResponse<String> downed = down(sidecar, "{\"address\":\"b:1\",\"reason\":\"ignored\"}");
            assertThat(downed.statusCode()).isEqualTo(200);
            assertThat(downed.body()).isEqualTo("{\"downed\":\"b:1\"}");
            assertThat(cluster.done).containsExactly("down b:1");
        }
    }

    @Test
    void whoCannotBeDeclaredDeadIsNot() {
        cluster.others(
                Member.of("b:1", 2, MemberStatus.DOWN),
                Member.of("c:1", 3, MemberStatus.REMOVED),
                Member.of("d:1", 4, MemberStatus.UP));
        try (OpsSidecar sidecar = ready(builder())) {
            assertThat(Probing.send(sidecar, "POST", "/cluster/down").statusCode())
                    .isEqualTo(415);
            assertThat(down(sidecar, "").statusCode()).isEqualTo(400);
            assertThat(down(sidecar, "[]").statusCode()).isEqualTo(400);
            assertThat(down(sidecar, "{}").statusCode()).isEqualTo(400);
            assertThat(down(sidecar, "{\"address\":7}").statusCode()).isEqualTo(400);
            assertThat(down(sidecar, "{\"address\":\"\"}").statusCode()).isEqualTo(400);
            assertThat(down(sidecar, "{\"address\":\"d: 1\"}").statusCode()).isEqualTo(400);
            assertThat(down(sidecar, "{\"address\":\"a:1\"}").statusCode()).isEqualTo(409);
            assertThat(down(sidecar, "{\"address\":\"b:1\"}").statusCode()).isEqualTo(404);
            assertThat(down(sidecar, "{\"address\":\"c:1\"}").statusCode()).isEqualTo(404);
            assertThat(down(sidecar, "{\"address\":\"e:1\"}").statusCode()).isEqualTo(404);
            cluster.fail(true);
            HttpResponse<String> failed = down(sidecar, "{\"address\":\"d:1\"}");
            assertThat(failed.statusCode()).isEqualTo(503);
            assertThat(failed.headers().firstValue("Retry-After")).hasValue("3");
            assertThat(failed.body()).doesNotContain(FakeCluster.FAILURE);
            assertThat(cluster.done).isEmpty();
        }
    }

    @Test
    void aProviderThatHangsCostsItsCallersAnAnswerAndNobodyElse() {
        try (OpsSidecar sidecar = ready(builder())) {
            CountDownLatch answers = cluster.hang();
            HttpResponse<String> late = Probing.get(sidecar, "/cluster/members");
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).hasValue("3");
            await().until(() -> Probing.code(sidecar, "/ready") == 503);
            int asked = cluster.asked.get();
            for (String path : List.of("/cluster/members", "/cluster/leader", "/cluster/restart-safety")) {
                assertThat(Probing.code(sidecar, path)).as(path).isEqualTo(503);
            }
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave").statusCode())
                    .isEqualTo(503);
            assertThat(cluster.asked).hasValue(asked);
            assertThat(Probing.code(sidecar, "/health")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/health/cluster")).isEqualTo(200);
            answers.countDown();
            await().until(() -> Probing.code(sidecar, "/cluster/members") == 200);
            await().until(() -> Probing.code(sidecar, "/ready") == 200);
        }
    }

    @Test
    void providersThatHangLeaveTheLaneItsThreads() {
        CountDownLatch replicas = new CountDownLatch(1);
        ShardProvider hanging = new TwoReplicas() {
            @Override
            public void visitReplicas(ReplicaVisitor visitor) throws Exception {
                replicas.await();
            }
        };
        try (OpsSidecar sidecar = ready(builder()
                .shards(hanging)
                .route(Route.get("/hosts").handledBy(request -> Response.text(200, "here"))))) {
            assertThat(Probing.code(sidecar, "/cluster/restart-safety")).isEqualTo(503);
            assertThat(Probing.code(sidecar, "/cluster/members")).isEqualTo(200);
            CountDownLatch answers = cluster.hang();
            assertThat(Probing.code(sidecar, "/cluster/members")).isEqualTo(503);
            assertThat(Probing.get(sidecar, "/hosts").body()).isEqualTo("here");
            assertThat(threadsOfTheLane()).isBetween(3L, 4L);
            replicas.countDown();
            answers.countDown();
            await().until(() -> threadsOfTheLane() <= 2);
            assertThat(Probing.code(sidecar, "/cluster/members")).isEqualTo(200);
        }
    }

    private static long threadsOfTheLane() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("outrigger-ops-"))
                .count();
    }

    @Test
    void aNodeIsReadyWhileItIsUp() {
        cluster.self(MemberStatus.JOINING);
        try (OpsSidecar sidecar = builder().start()) {
            await().until(() -> Probing.get(sidecar, "/ready").body().contains("this member is joining"));
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            cluster.self(MemberStatus.UP);
            await().until(() -> Probing.code(sidecar, "/ready") == 200);
            cluster.self(MemberStatus.EXITING);
            await().until(() -> Probing.code(sidecar, "/ready") == 503);
            assertThat(Probing.get(sidecar, "/ready").body()).contains("\"reasons\":[\"check:cluster-up\"]");
            assertThat(Probing.code(sidecar, "/livez")).isEqualTo(200);
        }
    }

    @Test
    void whatTheNodeNeedsIsProbedAndItsPeersToo() {
        AtomicBoolean reachable = new AtomicBoolean();
        try (OpsSidecar peer = OpsSidecar.builder("peer")
                        .listen("127.0.0.1", 0)
                        .pathPrefix("/ops")
                        .drainDelay(Duration.ZERO)
                        .start();
                OpsSidecar sidecar = builder()
                        .connectivity(ConnectivityProbe.of(
                                        "postgres",
                                        () -> reachable.get()
                                                ? HealthResult.healthy()
                                                : HealthResult.unhealthy("refused"))
                                .url("jdbc:postgresql://db/shop")
                                .asRequired())
                        .storage(() -> List.of(
                                StorageSpace.of("shop", "carts", 10, 100), StorageSpace.unbounded("", "logs", 5)))
                        .start()) {
            cluster.others(
                    Member.of("b:1", 2, MemberStatus.UP)
                            .opsUrl("http://127.0.0.1:" + peer.address().getPort() + "/ops/"),
                    Member.of("c:1", 3, MemberStatus.UNREACHABLE).opsUrl("http://127.0.0.1:1"));
            await().until(() -> connectivity(sidecar)
                    .contains("{\"name\":\"c:1\",\"kind\":\"peer\","
                            + "\"url\":\"http://127.0.0.1:1\",\"status\":\"offline\",\"latency_ms\":null,"
                            + "\"last_success\":null,\"message\":\"Connection refused\","));
            assertThat(connectivity(sidecar))
                    .startsWith("{\"status\":\"unhealthy\",\"clients\":[{\"name\":\"postgres\",\"kind\":\"dependency\","
                            + "\"url\":\"jdbc:postgresql://db/shop\",\"status\":\"offline\",\"latency_ms\":null,"
                            + "\"last_success\":null,\"message\":\"refused\",\"age_ms\":")
                    .containsPattern("\"name\":\"b:1\",\"kind\":\"peer\",\"url\":\"http://127.0.0.1:[0-9]+/ops/\","
                            + "\"status\":\"online\",\"latency_ms\":[0-9.]+,\"last_success\":\"2[^\"]+Z\","
                            + "\"message\":null,\"age_ms\":[0-9]+");
            assertThat(Probing.code(sidecar, "/health/cluster")).isEqualTo(200);
            assertThat(Probing.code(sidecar, "/ready")).isEqualTo(503);
            reachable.set(true);
            await().until(() -> Probing.code(sidecar, "/ready") == 200);
            assertThat(connectivity(sidecar)).startsWith("{\"status\":\"degraded\"");
            assertThat(Probing.get(sidecar, "/metrics").body())
                    .contains("outrigger_cluster_members{status=\"up\"} 2\n")
                    .contains("outrigger_cluster_members{status=\"unreachable\"} 1\n")
                    .contains("outrigger_cluster_members{status=\"down\"} 0\n")
                    .contains("outrigger_cluster_member_changes_total ")
                    .contains("outrigger_peer_up{peer=\"postgres\"} 1\n")
                    .contains("outrigger_peer_up{peer=\"c:1\"} 0\n")
                    .contains("outrigger_peer_latency_seconds{peer=\"b:1\"} ")
                    .doesNotContain("outrigger_peer_latency_seconds{peer=\"c:1\"} ")
                    .contains("outrigger_storage_bytes{state=\"capacity\",tenant=\"shop\",bucket=\"carts\"} 100\n")
                    .contains("outrigger_storage_bytes{state=\"used\",tenant=\"\",bucket=\"logs\"} 5\n");
            cluster.others();
            await().until(() -> connectivity(sidecar).startsWith("{\"status\":\"healthy\""));
        }
    }

    @Test
    void whatIsOffIsNotThere() {
        try (OpsSidecar sidecar = OpsSidecar.builder("node-1")
                .listen("127.0.0.1", 0)
                .drainDelay(Duration.ZERO)
                .cluster(cluster)
                .start()) {
            assertThat(Probing.send(sidecar, "POST", "/cluster/leave").statusCode())
                    .isEqualTo(404);
            assertThat(down(sidecar, "{\"address\":\"b:1\"}").statusCode()).isEqualTo(404);
            assertThat(Probing.code(sidecar, "/cluster/members")).isEqualTo(200);
        }
        try (OpsSidecar sidecar = OpsSidecar.builder("node-1")
                .listen("127.0.0.1", 0)
                .drainDelay(Duration.ZERO)
                .start()) {
            for (String path : List.of("members", "leader", "shards?type=x", "restart-safety")) {
                assertThat(Probing.code(sidecar, "/cluster/" + path)).as(path).isEqualTo(404);
            }
            assertThat(connectivity(sidecar)).isEqualTo("{\"status\":\"healthy\",\"clients\":[]}");
        }
    }

    @Test
    void writesThatAreEnabledAreNotOpenToEverybody() {
        assertThatThrownBy(() -> builder().listen("0.0.0.0", 0).start())
                .hasMessageStartingWith("listen: ")
                .hasMessageContaining("insecureWrites()");
        assertThatThrownBy(() -> OpsSidecar.builder("node-1")
                        .listen("127.0.0.1", 0)
                        .enable(OptionalRoute.CLUSTER_DOWN)
                        .start())
                .hasMessage("enable: CLUSTER_DOWN (expected: a cluster, too)");
    }

    @Test
    void theStatusOfANodeIsOneLine() {
        try (OpsSidecar sidecar = ready(builder().version("1.2"))) {
            assertThat(status(sidecar).replaceFirst("\"uptime_seconds\":[0-9]+", "\"uptime_seconds\":0"))
                    .isEqualTo("{\"health\":\"healthy\",\"message\":\"All is well\",\"auth_enabled\":false,"
                            + "\"swarm_mode\":false,\"secret_store\":{\"stale\":false},\"node_id\":\"node-1\","
                            + "\"version\":\"1.2\",\"uptime_seconds\":0,\"lifecycle\":\"running\"}");
        }
    }

    @Test
    void aHostsLeaveMayCloseTheSidecar() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        AtomicBoolean left = new AtomicBoolean();
        OpsSidecar sidecar = ready(builder().whenDrained(() -> left.set(true)));
        cluster.whenLeaving(() -> {
            sidecar.close();
            closed.countDown();
        });
        assertThat(Probing.send(sidecar, "POST", "/cluster/leave").statusCode()).isEqualTo(200);
        assertThat(closed.await(4, TimeUnit.SECONDS))
                .as("within less than the patience for leaves")
                .isTrue();
        assertThat(left).isTrue();
    }

    private static String status(OpsSidecar sidecar) {
        return Probing.get(sidecar, "/api/v1/status").body();
    }

    private static String connectivity(OpsSidecar sidecar) {
        return Probing.get(sidecar, "/health/cluster").body();
    }

    private static HttpResponse<String> down(OpsSidecar sidecar, String body) {
        return Probing.sendJson(sidecar, "POST", "/cluster/down", body);
    }

    private static HttpResponse<String> post(OpsSidecar sidecar, String path, String token, String body) {
        return Probing.sendJson(sidecar, "POST", path, body, "Authorization", "Bearer " + token);
    }

    /** One shard, of two voters. */
    private static class TwoReplicas implements ShardProvider {

        @Override
        public int totalShards() {
            return 0;
        }

        @Override
        public void visitShards(ShardVisitor visitor) {
            // None is open here as far as the counts go.
        }

        @Override
        public void visitReplicas(ReplicaVisitor visitor) throws Exception {
            visitor.shard(7, 0);
            visitor.replica(ReplicaPlace.HERE, ReplicaRole.VOTER, ReplicaState.IN_SYNC);
            visitor.replica(ReplicaPlace.ELSEWHERE, ReplicaRole.VOTER, ReplicaState.IN_SYNC);
        }
    }
}
