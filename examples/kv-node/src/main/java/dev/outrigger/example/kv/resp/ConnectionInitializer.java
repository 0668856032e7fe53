package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.outrigger.example.kv.work.WorkerPool;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;

/** Equips each new connection. */
final class ConnectionInitializer extends ChannelInitializer<Channel> {

    private static final String FULL = "-ERR max number of clients reached\r\n";

    private final CommandTable table;
    private final WorkerPool workers;
    private final OpenConnections connections;
    private final RespLimits limits;

    ConnectionInitializer(CommandTable table, WorkerPool workers, OpenConnections connections, RespLimits limits) {
        this.table = table;
        this.workers = workers;
        this.connections = connections;
        this.limits = limits;
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!connections.join(channel)) {
            channel.writeAndFlush(Unpooled.copiedBuffer(FULL, US_ASCII)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        channel.pipeline()
                .addLast(new RedisDecoder(true))
                .addLast(new RedisEncoder())
                .addLast(new RequestDecoder(limits))
                .addLast(new ConnectionHandler(table, workers, new Session(connections.accepted())));
    }
}
