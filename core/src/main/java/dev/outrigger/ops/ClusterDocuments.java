package dev.outrigger.ops;

import dev.outrigger.cluster.ClusterState;
import dev.outrigger.cluster.Member;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.cluster.ShardRegion;
import dev.outrigger.http.CompleteResponse;
import dev.outrigger.http.Response;
import dev.outrigger.json.JsonWriter;
import dev.outrigger.shard.RestartSafety;
import java.net.URI;
import java.util.List;

/** Writes what is told of the cluster, in camel case where its clients know it so. */
final class ClusterDocuments {

    private static final int OK = 200;
    private static final int UNSAFE = 503;

    private ClusterDocuments() {}

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
