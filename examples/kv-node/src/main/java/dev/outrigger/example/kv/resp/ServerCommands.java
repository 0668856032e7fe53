package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outrigger.example.kv.resp.CommandSpec.Keys;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The commands on the server itself. */
final class ServerCommands {

    private final NodeInfo info;
    private final Map<String, String> settings; // by name

    ServerCommands(NodeInfo info, Map<String, String> settings) {
        this.info = info;
        this.settings = new TreeMap<>(settings);
    }

    List<CommandSpec> specs() {
        return List.of(
                spec("info", -1, "server", "[section ...]", "Returns what there is to know of the server", this::info),
                spec("config", -2, "server", "GET parameter [parameter ...]", "Returns settings", this::config));
    }

    private static CommandSpec spec(
            String name, int arity, String group, String usage, String summary, CommandSpec.Action action) {
        return new CommandSpec(name, arity, List.of("loading"), Keys.NONE, group, usage, summary, action);
    }

    private RedisMessage info(Command command, Session session) {
        List<String> wanted = command.arguments().stream()
                .map(argument -> new String(argument, UTF_8).toLowerCase(Locale.ROOT))
                .toList();
        boolean all = wanted.isEmpty() || wanted.stream().anyMatch(List.of("all", "everything", "default")::contains);
        List<String> blocks = new ArrayList<>();
        info.sections().forEach((name, fields) -> {
            if (all || wanted.contains(name.toLowerCase(Locale.ROOT))) {
                blocks.add(block(name, fields));
            }
        });
        return Replies.bulk(String.join("\r\n", blocks));
    }

    private static String block(String name, Map<String, String> fields) {
        StringBuilder block = new StringBuilder("# " + name + "\r\n");
        fields.forEach(
                (field, value) -> block.append(field).append(':').append(value).append("\r\n"));
        return block.toString();
    }

    private RedisMessage config(Command command, Session session) {
        if (!command.word(0).equals("GET")) {
            throw CommandException.unknownSubcommand(command);
        }
        if (command.size() == 1) {
            throw new CommandException("ERR wrong number of arguments for 'config|get' command");
        }
        List<GlobPattern> patterns = command.arguments().stream()
                .skip(1)
                .map(argument -> new GlobPattern(lowerCase(argument)))
                .toList();
        List<RedisMessage> found = new ArrayList<>();
        settings.forEach((name, value) -> {
            byte[] bytes = name.getBytes(UTF_8);
            if (patterns.stream().anyMatch(pattern -> pattern.matches(bytes))) {
                found.add(Replies.bulk(name));
                found.add(Replies.bulk(value));
            }
        });
        return Replies.array(found);
    }

    private static byte[] lowerCase(byte[] argument) {
        return new String(argument, UTF_8).toLowerCase(Locale.ROOT).getBytes(UTF_8);
    }
}
