package dev.outrigger.example.kv.resp;

import io.netty.handler.codec.redis.RedisMessage;
import java.util.List;

/**
 * A command that the server knows: what {@code COMMAND} tells clients about it, and what it does.
 *
 * @param name in lower case
 * @param arity how many strings a request has, the name included; negative where that is the least
 * @param flags Redis' words for what it does
 * @param keys where its keys are
 * @param group where {@code redis-cli}'s help lists it
 * @param usage its arguments
 * @param summary what it does
 * @param action does it, on a worker
 */
record CommandSpec(
        String name,
        int arity,
        List<String> flags,
        Keys keys,
        String group,
        String usage,
        String summary,
        Action action) {

    /** Tells whether a request has as many strings as this command takes. */
    boolean takes(Command command) {
        int strings = command.size() + 1;
        return arity >= 0 ? strings == arity : strings >= -arity;
    }

    /** Where a command's keys are among its strings, counted as Redis does: the name is 0, and -1 is the last. */
    enum Keys {
        NONE(0, 0, 0),
        FIRST(1, 1, 1),
        SECOND(2, 2, 1),
        ALL(1, -1, 1);

        private final int first;
        private final int last;
        private final int step;

        Keys(int first, int last, int step) {
            this.first = first;
            this.last = last;
            this.step = step;
        }

        int first() {
            return first;
        }

        int last() {
            return last;
        }

        int step() {
            return step;
        }
    }

    /** What a command does. */
    @FunctionalInterface
    interface Action {

        /**
         * Answers a command whose number of arguments is right.
         *
         * @throws CommandException to answer with that error
         */
        RedisMessage run(Command command, Session session);
    }
}
