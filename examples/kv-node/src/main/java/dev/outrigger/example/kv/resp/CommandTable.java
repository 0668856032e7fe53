package dev.outrigger.example.kv.resp;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.StoreException;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All commands: finds the one that a request names, runs it, and turns every failure into a reply. */
final class CommandTable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandTable.class);

    private final Map<String, CommandSpec> commands = new TreeMap<>();
    private final RequestObserver observer;

    CommandTable(List<CommandSpec> specs, RequestObserver observer) {
        this.observer = requireNonNull(observer, "observer");
        specs.forEach(this::add);
        add(new Introspection(Collections.unmodifiableMap(commands)).spec());
    }

    RedisMessage execute(Command command, Session session) {
        CommandSpec spec = commands.get(command.name());
        RedisMessage reply = spec == null ? unknown(command, session) : run(spec, command, session);
        observer.answered(spec == null ? "unknown" : spec.name(), System.nanoTime() - command.arrivedNanos());
        return reply;
    }

    private void add(CommandSpec spec) {
        commands.put(spec.name().toUpperCase(Locale.ROOT), spec);
    }

    private static RedisMessage unknown(Command command, Session session) {
        if (command.name().equals("POST") || command.name().equals("HOST:")) {
            // A web page can make a browser send HTTP here, and what its body says would be read as commands.
            session.end();
            return Replies.error("ERR this is not an HTTP server");
        }
        return Replies.error("ERR unknown command '" + CommandException.printable(command.name()) + "'");
    }

    private static RedisMessage run(CommandSpec spec, Command command, Session session) {
        if (!spec.takes(command)) {
            return Replies.error("ERR wrong number of arguments for '" + spec.name() + "' command");
        }
        try {
            return spec.action().run(command, session);
        } catch (CommandException e) {
            return Replies.error(e.line());
        } catch (StoreException e) {
            return failed(e);
        } catch (RuntimeException e) {
            LOG.error("The command {} failed", spec.name(), e);
            return Replies.error("ERR internal error");
        }
    }

    private static RedisMessage failed(StoreException e) {
        return switch (e.reason()) {
            case LOADING -> Replies.error("LOADING " + e.getMessage());
            case STALLED, UNCERTAIN -> Replies.error("TRYAGAIN " + e.getMessage());
            case SHARD_UNAVAILABLE, TABLE_MISSING -> Replies.error("CLUSTERDOWN " + e.getMessage());
            case CLOSED, REFUSED -> Replies.error("ERR " + e.getMessage());
            case FAILED, UNUSABLE -> Replies.error("MISCONF " + e.getMessage()); // the store has logged why, once
        };
    }
}
