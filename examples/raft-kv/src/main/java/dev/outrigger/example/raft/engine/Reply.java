package dev.outrigger.example.raft.engine;

import java.util.Arrays;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** What a replica answers: one byte that says how it went, then the answer. */
final class Reply {

    private static final byte DONE = 0;
    private static final byte REFUSED = 1;
    private static final byte LOST = 2;

    private Reply() {}

    /** It was done, and this is the answer. */
    static Message done(byte[] answer) {
        return message(DONE, answer);
    }

    /** It was no command of ours. */
    static Message refused() {
        return message(REFUSED, new byte[0]);
    }

    /** It was done, before this replica was started or by another one, and the answer is not known any more. */
    static Message lost() {
        return message(LOST, new byte[0]);
    }

    static boolean isDone(ByteString reply) {
        return !reply.isEmpty() && reply.byteAt(0) == DONE;
    }

    static boolean isLost(ByteString reply) {
        return !reply.isEmpty() && reply.byteAt(0) == LOST;
    }

    static byte[] answer(ByteString reply) {
        return Arrays.copyOfRange(reply.toByteArray(), 1, reply.size());
    }

    static Message ask(byte kind, byte[] question) {
        return message(kind, question);
    }

    private static Message message(byte first, byte[] rest) {
        return Message.valueOf(ByteString.copyFrom(new byte[] {first}).concat(ByteString.copyFrom(rest)));
    }
}
