package dev.outrigger.example.raft.store;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.SetCondition;
import java.util.ArrayList;
import java.util.List;

/** An entry of a shard's log. What is encoded once stays in logs: an operation keeps its number for ever. */
public sealed interface ShardCommand {

    /** Sets a key; answered by 1 or 0, whether the condition held. */
    record Put(byte[] key, byte[] value, SetCondition condition) implements ShardCommand {

        public Put {
            requireNonNull(key, "key");
            requireNonNull(value, "value");
            requireNonNull(condition, "condition");
        }
    }

    /** Deletes keys; answered by how many there were. */
    record Delete(List<byte[]> keys) implements ShardCommand {

        public Delete {
            keys = List.copyOf(keys);
        }
    }

    /** Removes all keys; answered by nothing. */
    record Clear() implements ShardCommand {}

    /**
     * Replaces everything by what a restore has staged; answered by nothing.
     *
     * @param from the last entry in what is staged, so that each replica can tell whether it has all of that
     */
    record Install(RestoreId restore, Position from) implements ShardCommand {

        public Install {
            requireNonNull(restore, "restore");
            requireNonNull(from, "from");
        }
    }

    /** Returns the entry's bytes. */
    default byte[] encode() {
        WireWriter out = new WireWriter();
        if (this instanceof Put put) {
            out.octet(Op.PUT)
                    .octet(conditionNumber(put.condition()))
                    .bytes(put.key())
                    .bytes(put.value());
        } else if (this instanceof Delete delete) {
            out.octet(Op.DELETE);
            delete.keys().forEach(out::bytes);
        } else if (this instanceof Clear) {
            out.octet(Op.CLEAR);
        } else if (this instanceof Install install) {
            out.octet(Op.INSTALL)
                    .text(install.restore().value())
                    .number(install.from().term())
                    .number(install.from().index());
        }
        return out.done();
    }

    /**
     * Reads an entry.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ShardCommand decode(byte[] bytes) {
        WireReader in = new WireReader(bytes);
        int op = in.octet();
        return switch (op) {
            case Op.PUT -> put(in);
            case Op.DELETE -> delete(in);
            case Op.CLEAR -> new Clear();
            case Op.INSTALL -> new Install(new RestoreId(in.text()), new Position(in.number(), in.number()));
            default -> throw new IllegalArgumentException("command: " + op + " (expected: 1 to " + Op.INSTALL + ")");
        };
    }

    private static Put put(WireReader in) {
        SetCondition condition = condition(in.octet());
        byte[] key = in.bytes();
        return new Put(key, in.bytes(), condition);
    }

    private static Delete delete(WireReader in) {
        List<byte[]> keys = new ArrayList<>();
        while (in.hasMore()) {
            keys.add(in.bytes());
        }
        return new Delete(keys);
    }

    private static int conditionNumber(SetCondition condition) {
        return switch (condition) {
            case ALWAYS -> 0;
            case IF_ABSENT -> 1;
            case IF_PRESENT -> 2;
        };
    }

    private static SetCondition condition(int number) {
        return switch (number) {
            case 0 -> SetCondition.ALWAYS;
            case 1 -> SetCondition.IF_ABSENT;
            case 2 -> SetCondition.IF_PRESENT;
            default -> throw new IllegalArgumentException("condition: " + number + " (expected: 0 to 2)");
        };
    }

    /** The numbers of the operations. */
    final class Op {

        static final int PUT = 1;
        static final int DELETE = 2;
        static final int CLEAR = 3;
        static final int INSTALL = 4;

        private Op() {}
    }
}
