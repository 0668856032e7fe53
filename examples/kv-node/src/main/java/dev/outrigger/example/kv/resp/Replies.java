package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.redis.ArrayRedisMessage;
import io.netty.handler.codec.redis.ErrorRedisMessage;
import io.netty.handler.codec.redis.FullBulkStringRedisMessage;
import io.netty.handler.codec.redis.IntegerRedisMessage;
import io.netty.handler.codec.redis.RedisMessage;
import io.netty.handler.codec.redis.SimpleStringRedisMessage;
import java.util.Collection;
import java.util.List;

/** Makes replies. */
final class Replies {

    static final RedisMessage OK = new SimpleStringRedisMessage("OK");
    static final RedisMessage PONG = new SimpleStringRedisMessage("PONG");
    static final RedisMessage NIL = FullBulkStringRedisMessage.NULL_INSTANCE;

    private Replies() {}

    static RedisMessage error(String line) {
        // A line break would end the reply early, and what follows would be read as the next one.
        return new ErrorRedisMessage(line.replace('\r', ' ').replace('\n', ' '));
    }

    static RedisMessage simple(String word) {
        return new SimpleStringRedisMessage(word);
    }

    static RedisMessage integer(long value) {
        return new IntegerRedisMessage(value);
    }

    static RedisMessage bulk(byte[] value) {
        return new FullBulkStringRedisMessage(Unpooled.wrappedBuffer(value));
    }

    static RedisMessage bulk(String value) {
        return bulk(value.getBytes(UTF_8));
    }

    static RedisMessage array(List<RedisMessage> elements) {
        return new ArrayRedisMessage(elements);
    }

    static RedisMessage array(RedisMessage... elements) {
        return array(List.of(elements));
    }

    static RedisMessage bulks(Collection<byte[]> values) {
        return array(values.stream().map(Replies::bulk).toList());
    }
}
