package dev.outrigger.example.kv.resp;

import dev.outrigger.example.kv.work.Work;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Some commands of one connection, run one after another by one worker.
 *
 * <p>It stops early when its replies have grown large; {@link #replies()} tells by its length how many commands were run.
 */
final class Batch implements Work {

    private static final int MAX_REPLY_BYTES = 1 << 20;

    private final List<Command> commands;
    private final CommandTable table;
    private final Session session;
    private final Consumer<Batch> completed;
    private final List<RedisMessage> replies;
    private boolean aborted = true;

    /** Prepares a batch; {@code completed} is called by the worker, whatever happened. */
    Batch(List<Command> commands, CommandTable table, Session session, Consumer<Batch> completed) {
        this.commands = commands;
        this.table = table;
        this.session = session;
        this.completed = completed;
        this.replies = new ArrayList<>(commands.size());
    }

    @Override
    public void run(Heartbeat heartbeat) {
        try {
            int bytes = 0;
            for (int i = 0; i < commands.size() && bytes < MAX_REPLY_BYTES && !session.isEnded(); i++) {
                heartbeat.beat();
                RedisMessage reply = table.execute(commands.get(i), session);
                replies.add(reply);
                bytes += bytes(reply);
            }
            aborted = false;
        } finally {
            completed.accept(this);
        }
    }

    /** Returns the replies, in the order of the commands. After completion only. */
    List<RedisMessage> replies() {
        return replies;
    }

    /** Tells whether an {@link Error} ended it half-way. After completion only. */
    boolean isAborted() {
        return aborted;
    }

    private static int bytes(RedisMessage reply) {
        return reply instanceof FullBulkStringRedisMessage bulk ? bulk.content().readableBytes() : 0;
    }
}
