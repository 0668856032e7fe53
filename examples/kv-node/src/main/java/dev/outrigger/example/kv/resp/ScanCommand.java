package dev.outrigger.example.kv.resp;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.resp.CommandSpec.Keys;
import dev.outrigger.example.kv.store.KeySpace;
import dev.outrigger.example.kv.store.ScanCursor;
import dev.outrigger.example.kv.store.ScanPage;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.List;

/** {@code SCAN cursor [MATCH pattern] [COUNT count]}: all keys, some at a time. */
final class ScanCommand {

    private static final int DEFAULT_COUNT = 10;
    private static final int MAX_COUNT = 10_000;
    private static final byte[] ANYTHING = {'*'};

    private final KeySpace keys;

    ScanCommand(KeySpace keys) {
        this.keys = requireNonNull(keys, "keys");
    }

    CommandSpec spec() {
        return new CommandSpec(
                "scan",
                -2,
                List.of("readonly"),
                Keys.NONE,
                "generic",
                "cursor [MATCH pattern] [COUNT count]",
                "Returns some of the keys, and the cursor that leads to the next ones",
                this::run);
    }

    private RedisMessage run(Command command, Session session) {
        ScanCursor cursor =
                ScanCursor.parse(command.text(0)).orElseThrow(() -> new CommandException("ERR invalid cursor"));
        GlobPattern pattern = new GlobPattern(ANYTHING);
        int count = DEFAULT_COUNT;
        for (int i = 1; i < command.size(); i += 2) {
            if (i + 1 == command.size()) {
                throw CommandException.syntax();
            }
            switch (command.word(i)) {
                case "MATCH" -> pattern = new GlobPattern(command.argument(i + 1));
                case "COUNT" -> count = count(command.text(i + 1));
                default -> throw CommandException.syntax();
            }
        }
        return reply(keys.scan(cursor, count), pattern);
    }

    /** COUNT is a hint in Redis too: however high, one request keeps a worker busy for a bounded while. */
    private static int count(String text) {
        try {
            long count = Long.parseLong(text);
            if (count >= 1) {
                return (int) Math.min(count, MAX_COUNT);
            }
        } catch (NumberFormatException e) {
            throw new CommandException("ERR value is not an integer or out of range");
        }
        throw CommandException.syntax();
    }

    private static RedisMessage reply(ScanPage page, GlobPattern pattern) {
        return Replies.array(
                Replies.bulk(page.next().toString()),
                Replies.bulks(page.keys().stream().filter(pattern::matches).toList()));
    }
}
