package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outrigger.example.kv.work.WorkerPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.redis.RedisDecoder;
import io.netty.handler.codec.redis.RedisEncoder;
import org.junit.jupiter.api.Test;

/** A half-closed client once lost the replies that were few enough to leave its socket writable, and not yet written. */
class LastRepliesTest {

    @Test
    void aReplyThatWaitsForTheSocketIsWrittenBeforeTheConnectionCloses() throws Exception {
        WorkerPool workers = new WorkerPool(1, 1);
        CommandTable table = new CommandTable(new ConnectionCommands("kv-node", "1").specs(), (operation, nanos) -> {});
        CloggedChannel channel = new CloggedChannel(
                new RedisDecoder(true),
                new RedisEncoder(),
                new RequestDecoder(RespLimits.DEFAULT),
                new ConnectionHandler(table, workers, new Session(1)));
        workers.start();

        channel.writeInbound(Unpooled.copiedBuffer("PING\r\n", US_ASCII));
        workers.close(); // when the worker is gone, what it handed back is there
        channel.runPendingTasks();
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
        channel.unclog();

        assertThat(sent(channel)).isEqualTo("+PONG\r\n");
        assertThat(channel.isOpen()).isFalse();
    }

    private static String sent(EmbeddedChannel channel) {
        StringBuilder sent = new StringBuilder();
        for (ByteBuf bytes = channel.readOutbound(); bytes != null; bytes = channel.readOutbound()) {
            sent.append(bytes.toString(US_ASCII));
            bytes.release();
        }
        return sent.toString();
    }

    /** A channel whose socket takes nothing until it is told to. */
    private static final class CloggedChannel extends EmbeddedChannel {

        private boolean clogged = true;

        CloggedChannel(ChannelHandler... handlers) {
            super(handlers);
        }

        void unclog() {
            clogged = false;
            flush();
        }

        @Override
        protected void doWrite(ChannelOutboundBuffer waiting) throws Exception {
            if (!clogged) {
                super.doWrite(waiting);
            }
        }
    }
}
