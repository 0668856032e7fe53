package dev.outrigger.backup.restore;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import dev.outrigger.json.JsonObject;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What the members of a cluster are to bring back, and how far each is: the one register that all of them read and change.
 *
 * @param restore names it
 * @param backup where the tables come from
 * @param location where that lies, in the canonical form
 * @param token of the backup's writer: another backup under the same id is another one
 * @param replaces whether tables that are there may be replaced
 * @param coordinator the member that was asked for it, and tells what became of it
 * @param isDraft whether it is not to be carried out yet: it is still being looked for others that are in its way
 * @param tables in the order asked
 */
public record SharedPlan(
        RestoreId restore,
        BackupId backup,
        String location,
        String token,
        boolean replaces,
        NodeAddress coordinator,
        boolean isDraft,
        List<SharedTable> tables) {

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    public SharedPlan {
        requireNonNull(restore, "restore");
        requireNonNull(backup, "backup");
        requireNonNull(location, "location");
        requireNonNull(token, "token");
        requireNonNull(coordinator, "coordinator");
        tables = List.copyOf(tables);
    }

    /**
     * Makes the draft of a plan.
     *
     * @param plan as a node on its own would carry it out
     * @param shards of each table, by its name in the backup
     */
    static SharedPlan draft(RestorePlan plan, NodeAddress coordinator, Map<TableName, Set<Integer>> shards) {
        return new SharedPlan(
                plan.restore(),
                plan.backup(),
                plan.location(),
                plan.token(),
                plan.replaces(),
                coordinator,
                true,
                plan.tables().stream()
                        .map(table -> new SharedTable(
                                table.source(),
                                table.target(),
                                table.state(),
                                table.error(),
                                shards.getOrDefault(table.source(), Set.of()),
                                new TreeMap<>()))
                        .toList());
    }

    /** The same, to be carried out. */
    SharedPlan opened() {
        return new SharedPlan(restore, backup, location, token, replaces, coordinator, false, tables);
    }

    /** The same with a step of one table. */
    SharedPlan with(TableName target, UnaryOperator<SharedTable> step) {
        return new SharedPlan(
                restore,
                backup,
                location,
                token,
                replaces,
                coordinator,
                isDraft,
                tables.stream()
                        .map(table -> table.target().equals(target) ? step.apply(table) : table)
                        .toList());
    }

    /** The same with nothing that is not live, or settled otherwise, left to be done. */
    SharedPlan calledOff(String why) {
        SharedPlan plan = this;
        for (SharedTable table : tables) {
            plan = plan.with(table.target(), open -> open.failed(why));
        }
        return plan;
    }

    /** Returns one table, by what it is called here. */
    Optional<SharedTable> table(TableName target) {
        return tables.stream().filter(table -> table.target().equals(target)).findFirst();
    }

    /** Tells whether it is settled, and nobody who is still there has anything left to do. */
    boolean isDone(Predicate<NodeAddress> isMember) {
        return tables.stream().allMatch(table -> table.isDone(isMember));
    }

    /** Returns what has become of each table, or is to. */
    public List<RestoredTable> outcome() {
        return tables.stream()
                .map(table -> RestoredTable.of(table.target(), table.state(), table.error()))
                .toList();
    }

    byte[] encode() {
        return JsonWriter.object(json -> json.field("restore_id", restore.value())
                .field("backup_id", backup.value())
                .field("location", location)
                .field("token", token)
                .field("replaces", replaces)
                .field("coordinator", coordinator.value())
                .field("draft", isDraft)
                .array("tables", list -> tables.forEach(table -> list.element(fields -> write(fields, table)))));
    }

    private static void write(JsonWriter json, SharedTable table) {
        json.field("source", table.source().value())
                .field("target", table.target().value())
                .field("state", table.state().word())
                .field("error", table.error().orElse(null))
                .numbers("shards", new TreeSet<>(table.shards()))
                .array(
                        "members",
                        list -> table.members()
                                .forEach((member, part) ->
                                        list.element(fields -> fields.field("address", member.value())
                                                .numbers("staged_shards", new TreeSet<>(part.staged()))
                                                .field("swapped", part.swapped()))));
    }

    /**
     * Reads a plan.
     *
     * @throws RuntimeException if it is none
     */
    static SharedPlan decode(byte[] document) {
        JsonObject json = JsonReader.object(document, MAX_BYTES);
        List<SharedTable> tables = new ArrayList<>();
        for (JsonObject table : json.objects("tables")) {
            tables.add(new SharedTable(
                    new TableName(table.string("source")),
                    new TableName(table.string("target")),
                    TableState.of(table.string("state")),
                    table.optionalString("error"),
                    ids(table, "shards"),
                    members(table)));
        }
        return new SharedPlan(
                new RestoreId(json.string("restore_id")),
                new BackupId(json.string("backup_id")),
                json.string("location"),
                json.string("token"),
                Optional.of(true).equals(json.optionalBoolean("replaces")),
                new NodeAddress(json.string("coordinator")),
                Optional.of(true).equals(json.optionalBoolean("draft")),
                tables);
    }

    private static SortedMap<NodeAddress, MemberPart> members(JsonObject table) {
        SortedMap<NodeAddress, MemberPart> members = new TreeMap<>();
        for (JsonObject member : table.objects("members")) {
            members.put(
                    new NodeAddress(member.string("address")),
                    new MemberPart(
                            ids(member, "staged_shards"), Optional.of(true).equals(member.optionalBoolean("swapped"))));
        }
        return members;
    }

    private static Set<Integer> ids(JsonObject json, String name) {
        return json.wholeNumbers(name).stream().map(Math::toIntExact).collect(Collectors.toSet());
    }
}
