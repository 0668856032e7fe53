package dev.outrigger.example.raft.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** What a shard is asked. Sent between nodes of one version, and kept nowhere. */
public sealed interface ShardQuestion {

    /** The value of a key; answered by nothing, or by 1 and the value. */
    record Get(byte[] key) implements ShardQuestion {

        public Get {
            requireNonNull(key, "key");
        }
    }

    /** How many of the keys exist; answered by the number. */
    record Count(List<byte[]> keys) implements ShardQuestion {

        public Count {
            keys = List.copyOf(keys);
        }
    }

    /** The keys from a position on; answered by the position to go on from, -1 at the end, and the keys. */
    record Scan(long position, int count) implements ShardQuestion {}

    /** How many keys there are; answered by the number. */
    record CountAll() implements ShardQuestion {}

    /** Returns the question's bytes. */
    default byte[] encode() {
        WireWriter out = new WireWriter();
        if (this instanceof Get get) {
            out.octet(Op.GET).bytes(get.key());
        } else if (this instanceof Count count) {
            out.octet(Op.COUNT);
            count.keys().forEach(out::bytes);
        } else if (this instanceof Scan scan) {
            out.octet(Op.SCAN).number(scan.position()).number(scan.count());
        } else if (this instanceof CountAll) {
            out.octet(Op.COUNT_ALL);
        }
        return out.done();
    }

    /**
     * Reads a question.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ShardQuestion decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int op = in.octet();
        return switch (op) {
            case Op.GET -> new Get(in.bytes());
            case Op.COUNT -> count(in);
            case Op.SCAN -> new Scan(in.number(), Math.toIntExact(in.number()));
            case Op.COUNT_ALL -> new CountAll();
            default -> throw new IllegalArgumentException("question: " + op + " (expected: 1 to " + Op.COUNT_ALL + ")");
        };
    }

    private static Count count(WireReader in) {
        List<byte[]> keys = new ArrayList<>();
        while (in.hasMore()) {
            keys.add(in.bytes());
        }
        return new Count(keys);
    }

    /** The numbers of the questions. */
    final class Op {

        static final int GET = 1;
        static final int COUNT = 2;
        static final int SCAN = 3;
        static final int COUNT_ALL = 4;

        private Op() {}
    }
}
