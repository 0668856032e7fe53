package dev.outrigger.example.kv.resp;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.resp.CommandSpec.Keys;
import dev.outrigger.example.kv.store.KeySpace;
import dev.outrigger.example.kv.store.SetCondition;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.List;

/** The commands on single keys. */
final class KeyCommands {

    private final KeySpace keys;

    KeyCommands(KeySpace keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    List<CommandSpec> specs() {
        return List.of(
                new CommandSpec(
                        "get",
                        2,
                        List.of("readonly"),
                        Keys.FIRST,
                        "string",
                        "key",
                        "Returns the value of a key",
                        this::get),
                new CommandSpec(
                        "set",
                        -3,
                        List.of("write"),
                        Keys.FIRST,
                        "string",
                        "key value [NX|XX]",
                        "Sets a key, with NX only where it does not exist, with XX only where it does",
                        this::set),
                new CommandSpec(
                        "del", -2, List.of("write"), Keys.ALL, "generic", "key [key ...]", "Deletes keys", this::del),
                new CommandSpec(
                        "exists",
                        -2,
                        List.of("readonly"),
                        Keys.ALL,
                        "generic",
                        "key [key ...]",
                        "Counts which of the keys exist",
                        this::exists));
    }

    private RedisMessage get(Command command, Session session) {
        return keys.get(command.argument(0)).map(Replies::bulk).orElse(Replies.NIL);
    }

    private RedisMessage set(Command command, Session session) {
        SetCondition condition = SetCondition.ALWAYS;
        for (int i = 2; i < command.size(); i++) {
            if (condition != SetCondition.ALWAYS) {
                throw CommandException.syntax();
            }
            condition = condition(command, i);
        }
        return keys.set(command.argument(0), command.argument(1), condition) ? Replies.OK : Replies.NIL;
    }

    private static SetCondition condition(Command command, int index) {
        return switch (command.word(index)) {
            case "NX" -> SetCondition.IF_ABSENT;
            case "XX" -> SetCondition.IF_PRESENT;
            // To take EX and forget to expire, or KEEPTTL where nothing has a TTL, would be worse than to refuse.
            default ->
                throw new CommandException("ERR SET option '" + CommandException.printable(command.text(index))
                        + "' is not supported (NX and XX are)");
        };
    }

    private RedisMessage del(Command command, Session session) {
        return Replies.integer(keys.delete(command.arguments()));
    }

    private RedisMessage exists(Command command, Session session) {
        return Replies.integer(keys.count(command.arguments()));
    }
}
