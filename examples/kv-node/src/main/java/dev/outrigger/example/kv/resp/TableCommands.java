package dev.outrigger.example.kv.resp;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.example.kv.resp.CommandSpec.Keys;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.kv.store.TableSpace;
import dev.outrigger.example.kv.store.TableView;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The commands on whole tables. {@code FLUSHALL} is Redis' own; the others are this server's, for tables that were restored under another
 * name, which no key leads to.
 */
final class TableCommands {

    private static final String GROUP = "server";

    private final TableSpace tables;

    TableCommands(TableSpace tables) {
        this.tables = requireNonNull(tables, "tables");
    }

    List<CommandSpec> specs() {
        return List.of(
                spec("flushall", -1, "write", "[ASYNC|SYNC]", "Removes all keys, in one step", this::flush),
                spec("flushdb", -1, "write", "[ASYNC|SYNC]", "Removes all keys, in one step", this::flush),
                spec("kv.tables", 1, "readonly", "", "Lists the tables: name, slots, state", this::list),
                spec("kv.count", 2, "readonly", "table", "Counts the keys of a table", this::count),
                spec("kv.drop", 2, "write", "table", "Drops a table with all its keys", this::drop),
                new CommandSpec(
                        "kv.get",
                        3,
                        List.of("readonly"),
                        Keys.SECOND,
                        "string",
                        "table key",
                        "Returns the value of a key in a table",
                        this::get));
    }

    private static CommandSpec spec(
            String name, int arity, String flag, String usage, String summary, CommandSpec.Action action) {
        return new CommandSpec(name, arity, List.of(flag), Keys.NONE, GROUP, usage, summary, action);
    }

    /** Either way the keys are gone with the reply, and their files soon after. */
    private RedisMessage flush(Command command, Session session) {
        boolean known = command.size() == 0
                || (command.size() == 1 && List.of("ASYNC", "SYNC").contains(command.word(0)));
        if (!known) {
            throw CommandException.syntax();
        }
        tables.clear();
        return Replies.OK;
    }

    private RedisMessage list(Command command, Session session) {
        return Replies.array(tables.list().stream().map(TableCommands::describe).toList());
    }

    private static RedisMessage describe(TableView table) {
        return Replies.array(
                Replies.bulk(table.name()),
                Replies.bulk(table.slots().first() + "-" + table.slots().last()),
                Replies.bulk(table.state().name().toLowerCase(Locale.ROOT)));
    }

    private RedisMessage get(Command command, Session session) {
        return within(
                command,
                name -> tables.get(name, command.argument(1)).map(Replies::bulk).orElse(Replies.NIL));
    }

    private RedisMessage count(Command command, Session session) {
        return within(command, name -> Replies.integer(tables.count(name)));
    }

    private RedisMessage drop(Command command, Session session) {
        return within(command, name -> {
            if (!tables.drop(name)) {
                throw noSuchTable(command);
            }
            return Replies.OK;
        });
    }

    /** Does something with the table that the first argument names. */
    private static RedisMessage within(Command command, Function<TableName, RedisMessage> action) {
        try {
            return action.apply(name(command));
        } catch (StoreException e) {
            throw e.reason() == StoreException.Reason.TABLE_MISSING ? noSuchTable(command) : e;
        }
    }

    private static TableName name(Command command) {
        try {
            return new TableName(command.text(0));
        } catch (IllegalArgumentException e) {
            throw noSuchTable(command); // since none can be called that
        }
    }

    private static CommandException noSuchTable(Command command) {
        return new CommandException("ERR no such table '" + CommandException.printable(command.text(0)) + "'");
    }
}
