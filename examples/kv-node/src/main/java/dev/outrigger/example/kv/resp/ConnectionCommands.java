package dev.outrigger.example.kv.resp;

import dev.outrigger.example.kv.resp.CommandSpec.Keys;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.List;

/** The commands on the connection, and what clients ask before they do anything else. */
final class ConnectionCommands {

    private static final String GROUP = "connection";

    private final String product;
    private final String version;

    ConnectionCommands(String product, String version) {
        this.product = product;
        this.version = version;
    }

    List<CommandSpec> specs() {
        return List.of(
                spec("ping", -1, "[message]", "Answers PONG, or the message", ConnectionCommands::ping),
                spec(
                        "echo",
                        2,
                        "message",
                        "Answers the message",
                        (command, session) -> Replies.bulk(command.argument(0))),
                spec("quit", -1, "", "Closes the connection", ConnectionCommands::quit),
                spec("select", 2, "index", "Chooses the database: there is only 0", ConnectionCommands::select),
                spec("auth", -2, "[username] password", "Is refused: there is no password", ConnectionCommands::auth),
                spec("hello", -1, "[protover]", "Greets: only protocol 2 is spoken", this::hello),
                spec(
                        "client",
                        -2,
                        "ID|GETNAME|SETNAME name|SETINFO attribute value",
                        "Tells and sets who the client is",
                        ConnectionCommands::client));
    }

    private static CommandSpec spec(String name, int arity, String usage, String summary, CommandSpec.Action action) {
        return new CommandSpec(name, arity, List.of("fast", "loading"), Keys.NONE, GROUP, usage, summary, action);
    }

    private static RedisMessage ping(Command command, Session session) {
        return switch (command.size()) {
            case 0 -> Replies.PONG;
            case 1 -> Replies.bulk(command.argument(0));
            default -> throw new CommandException("ERR wrong number of arguments for 'ping' command");
        };
    }

    private static RedisMessage quit(Command command, Session session) {
        session.end();
        return Replies.OK;
    }

    private static RedisMessage select(Command command, Session session) {
        if (!command.text(0).equals("0")) {
            throw new CommandException("ERR DB index is out of range");
        }
        return Replies.OK;
    }

    private static RedisMessage auth(Command command, Session session) {
        throw new CommandException("ERR AUTH called without any password configured: this server has none");
    }

    private RedisMessage hello(Command command, Session session) {
        if (command.size() > 0 && !command.text(0).equals("2")) {
            throw new CommandException("NOPROTO unsupported protocol version");
        }
        if (command.size() > 1) {
            throw CommandException.syntax();
        }
        return Replies.array(
                Replies.bulk("server"),
                Replies.bulk(product),
                Replies.bulk("version"),
                Replies.bulk(version),
                Replies.bulk("proto"),
                Replies.integer(2),
                Replies.bulk("id"),
                Replies.integer(session.id()),
                Replies.bulk("mode"),
                Replies.bulk("standalone"),
                Replies.bulk("role"),
                Replies.bulk("master"),
                Replies.bulk("modules"),
                Replies.array());
    }

    private static RedisMessage client(Command command, Session session) {
        String subcommand = command.word(0) + "/" + command.size();
        return switch (subcommand) {
            case "ID/1" -> Replies.integer(session.id());
            case "GETNAME/1" -> Replies.bulk(session.clientName());
            case "SETNAME/2" -> setName(command, session);
            case "SETINFO/3" -> Replies.OK; // said for the server's information, which lists no clients
            default -> throw CommandException.unknownSubcommand(command);
        };
    }

    private static RedisMessage setName(Command command, Session session) {
        String name = command.text(1);
        if (name.length() > 128 || !name.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new CommandException("ERR Client names cannot contain spaces, newlines or special characters.");
        }
        session.rename(name);
        return Replies.OK;
    }
}
