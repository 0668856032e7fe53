package dev.outrigger.example.raft.store;

import static java.util.Objects.requireNonNull;

/** An entry of the metadata's log. What is encoded once stays in logs: an operation keeps its number for ever. */
public sealed interface RegisterCommand {

    /** Writes a register that has the expected version; answered by the new version, or 0 where it has another. */
    record CompareAndSet(String key, long expectedVersion, byte[] value) implements RegisterCommand {

        public CompareAndSet {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
        }
    }

    /** Removes a register; answered by 1 or 0, whether it was there. */
    record Remove(String key) implements RegisterCommand {

        public Remove {
            requireNonNull(key, "key");
        }
    }

    /** Returns the entry's bytes. */
    default byte[] encode() {
        WireWriter out = new WireWriter();
        if (this instanceof CompareAndSet set) {
            out.octet(Op.COMPARE_AND_SET)
                    .number(set.expectedVersion())
                    .text(set.key())
                    .bytes(set.value());
        } else if (this instanceof Remove remove) {
            out.octet(Op.REMOVE).text(remove.key());
        }
        return out.done();
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is none
     */
    static RegisterCommand decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int op = in.octet();
        return switch (op) {
            case Op.COMPARE_AND_SET -> {
                long expected = in.number();
                String key = in.text();
                yield new CompareAndSet(key, expected, in.bytes());
            }
            case Op.REMOVE -> new Remove(in.text());
            default -> throw new IllegalArgumentException("command: " + op + " (expected: 1 to " + Op.REMOVE + ")");
        };
    }

    /** The numbers of the operations. */
    final class Op {

        static final int COMPARE_AND_SET = 1;
        static final int REMOVE = 2;

        private Op() {}
    }
}
