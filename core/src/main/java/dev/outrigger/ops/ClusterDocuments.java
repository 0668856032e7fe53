package dev.outrigger.ops;

import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.MemberStatus;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.cluster.ShardRegion;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.schema.Schema;
import dev.outrigger.shard.RestartSafety;
import java.net.URI;
import java.util.List;

/** Writes what is told of the cluster, in camel case where its clients know it so. */
final class ClusterDocuments {

    private static final int OK = 200;
    private static final int UNSAFE = 503;

    private static final Schema ADDRESS = Schema.text();
    private static final Schema SHARDS = Schema.listOf(Schema.whole());

    /** What {@code /cluster/members} answers. */
    static final Schema MEMBERS = Schema.object()
            .field("selfAddress", ADDRESS)
            .field("leader", ADDRESS.orNull())
            .field("members", Schema.listOf(memberSchema()))
            .named("Members");

    /** What {@code /cluster/leader} answers. */
    static final Schema LEADER = Schema.object()
            .field("leader", ADDRESS.orNull())
            .field("isSelf", Schema.truth())
            .named("Leader");

    /** What {@code /cluster/shards} answers. */
    static final Schema REGIONS = Schema.object()
            .field("typeName", Schema.text())
            .field(
                    "regions",
                    Schema.listOf(Schema.object().field("address", ADDRESS).field("shards", SHARDS)))
            .named("Regions");

    /** What {@code /cluster/restart-safety} answers. */
    static final Schema SAFETY = Schema.object()
            .field("safe", Schema.truth())
            .field(
                    "risks",
                    Schema.object()
                            .field("quorum_loss", SHARDS)
                            .field("offline", SHARDS)
                            .field("below_min_in_sync", SHARDS)
                            .field("single_replica", SHARDS))
            .field("recovered_percent", Schema.number())
            .named("RestartSafety");

    /** What {@code /cluster/leave} answers. */
    static final Schema LEAVING = Schema.object().field("status", Schema.oneOf("leaving"));

    /** What {@code /cluster/down} answers. */
    static final Schema DOWNED = Schema.object().field("downed", ADDRESS);

    private ClusterDocuments() {}

    private static Schema memberSchema() {
        return Schema.object()
                .field("address", ADDRESS)
                .field("status", Schema.oneOf(MemberStatus.values(), MemberStatus::word))
                .field("roles", Schema.listOf(Schema.text()))
                .field(
                        "uniqueAddress",
                        Schema.object().field("address", ADDRESS).field("uid", Schema.whole()))
                .field("version", Schema.text().orNull())
                .field("ops_url", Schema.text().orNull())
                .named("Member");
    }

    static CompleteResponse members(ClusterState state) {
        return Response.json(
                OK,
                JsonWriter.object(json -> json.field(
                                "selfAddress", state.self().address().value())
                        .field("leader", state.leader().map(NodeAddress::value).orElse(null))
                        .array(
                                "members",
                                list -> state.members().forEach(member -> list.element(one -> write(one, member))))));
    }

    private static void write(JsonWriter json, Member member) {
        json.field("address", member.address().value())
                .field("status", member.status().word())
                .texts("roles", member.roles())
                .object(
                        "uniqueAddress",
                        unique -> unique.field("address", member.address().value())
                                .field("uid", member.uniqueAddress().uid()))
                .field("version", member.version().orElse(null))
                .field("ops_url", member.opsUrl().map(URI::toString).orElse(null));
    }

    static CompleteResponse leader(ClusterState state) {
        return Response.json(
                OK,
                JsonWriter.object(json -> json.field(
                                "leader", state.leader().map(NodeAddress::value).orElse(null))
                        .field("isSelf", state.isLeader())));
    }

    static CompleteResponse regions(String type, List<ShardRegion> regions) {
        return Response.json(
                OK,
                JsonWriter.object(json -> json.field("typeName", type)
                        .array(
                                "regions",
                                list -> regions.forEach(region -> list.element(one -> one.field(
                                                "address", region.address().value())
                                        .numbers("shards", region.shards()))))));
    }

    static CompleteResponse safety(RestartSafety safety) {
        return Response.json(
                safety.isSafe() ? OK : UNSAFE,
                JsonWriter.object(json -> json.field("safe", safety.isSafe())
                        .object(
                                "risks",
                                risks -> risks.numbers("quorum_loss", safety.quorumLoss())
                                        .numbers("offline", safety.offline())
                                        .numbers("below_min_in_sync", safety.belowMinInSync())
                                        .numbers("single_replica", safety.singleReplica()))
                        .field("recovered_percent", safety.recoveredPercent())));
    }

    static CompleteResponse leaving() {
        return Response.json(OK, JsonWriter.object(json -> json.field("status", "leaving")));
    }

    static CompleteResponse downed(NodeAddress address) {
        return Response.json(OK, JsonWriter.object(json -> json.field("downed", address.value())));
    }
}
