package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.redis.RedisMessage;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** {@code COMMAND}: what the server knows, for clients' help and completion. */
final class Introspection {

    private final Map<String, CommandSpec> commands;

    /** Tells of the commands in a map from their names in upper case. */
    Introspection(Map<String, CommandSpec> commands) {
        this.commands = commands;
    }

    CommandSpec spec() {
        return new CommandSpec(
                "command",
                -1,
                List.of("loading"),
                CommandSpec.Keys.NONE,
                "server",
                "[COUNT|DOCS|INFO|LIST]",
                "Tells which commands there are",
                this::run);
    }

    private RedisMessage run(Command command, Session session) {
        if (command.size() == 0) {
            return all(commands.values(), Introspection::details);
        }
        List<byte[]> names = command.arguments().subList(1, command.size());
        return switch (command.word(0)) {
            case "COUNT" -> Replies.integer(commands.size());
            case "LIST" -> all(commands.values(), spec -> Replies.bulk(spec.name()));
            case "INFO" -> names.isEmpty() ? all(commands.values(), Introspection::details) : infos(names);
            case "DOCS" -> docs(names);
            default -> throw CommandException.unknownSubcommand(command);
        };
    }

    private RedisMessage infos(List<byte[]> names) {
        return Replies.array(names.stream()
                .map(name -> find(name).map(Introspection::details).orElse(Replies.NIL))
                .toList());
    }

    private RedisMessage docs(List<byte[]> names) {
        List<CommandSpec> wanted = names.isEmpty()
                ? List.copyOf(commands.values())
                : names.stream().map(this::find).flatMap(Optional::stream).toList();
        return Replies.array(wanted.stream()
                .flatMap(spec -> List.of(Replies.bulk(spec.name()), documentation(spec)).stream())
                .toList());
    }

    private Optional<CommandSpec> find(byte[] name) {
        String upperCase = new String(name, UTF_8).toUpperCase(Locale.ROOT);
        return Optional.ofNullable(commands.get(upperCase));
    }

    private static RedisMessage all(Collection<CommandSpec> specs, Function<CommandSpec, RedisMessage> view) {
        return Replies.array(specs.stream().map(view).toList());
    }

    private static RedisMessage details(CommandSpec spec) {
        return Replies.array(
                Replies.bulk(spec.name()),
                Replies.integer(spec.arity()),
                all(spec.flags()),
                Replies.integer(spec.keys().first()),
                Replies.integer(spec.keys().last()),
                Replies.integer(spec.keys().step()));
    }

    private static RedisMessage all(List<String> words) {
        return Replies.array(words.stream().map(Replies::simple).toList());
    }

    private static RedisMessage documentation(CommandSpec spec) {
        return Replies.array(
                Replies.bulk("summary"),
                Replies.bulk(
                        spec.summary() + ": " + (spec.name().toUpperCase(Locale.ROOT) + " " + spec.usage()).trim()),
                Replies.bulk("group"),
                Replies.bulk(spec.group()));
    }
}
