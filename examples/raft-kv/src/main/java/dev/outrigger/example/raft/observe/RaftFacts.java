package dev.outrigger.example.raft.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.resp.ServerFacts;
import dev.outrigger.example.raft.engine.DivisionView;
import dev.outrigger.example.raft.engine.Engine;
import dev.outrigger.example.raft.engine.MemberView;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a node tells its clients of itself: the members, and its replicas of the groups.
 *
 * @param data where the node's data lies
 * @param version of the node
 */
public record RaftFacts(Engine engine, Path data, String version) implements ServerFacts {

    public RaftFacts {
        requireNonNull(engine, "engine");
        requireNonNull(data, "data");
        requireNonNull(version, "version");
    }

    @Override
    public String product() {
        return "raft-kv";
    }

    @Override
    public Map<String, Map<String, String>> sections() {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("Members", members());
        sections.put("Groups", groups());
        return sections;
    }

    private Map<String, String> members() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("node", engine.membership().self());
        for (MemberView member : engine.membership().members()) {
            fields.put(
                    "member_" + member.address().id(),
                    "resp=%s:%d,state=%s"
                            .formatted(
                                    member.address().host(),
                                    member.address().respPort(),
                                    member.state().name().toLowerCase(Locale.ROOT)));
        }
        return fields;
    }

    private Map<String, String> groups() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (DivisionView view : engine.divisions()) {
            fields.put(
                    view.group().toString(),
                    "role=%s,leader=%s,term=%d,commit_index=%d,applied_index=%d"
                            .formatted(
                                    view.role().name().toLowerCase(Locale.ROOT),
                                    view.leader().orElse("none"),
                                    view.term(),
                                    view.commitIndex(),
                                    view.appliedIndex()));
        }
        return fields;
    }
}
