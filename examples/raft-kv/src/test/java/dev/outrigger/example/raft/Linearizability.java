package dev.outrigger.example.raft;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether one register could have answered as clients saw it: whether there is an order of the operations in which each took place at
 * one moment between its beginning and its end, and each read has the value last written.
 *
 * <p>The search is Wing and Gong's, with Lowe's memory of what has been tried: a set of operations done and the value that they left. An
 * operation may come next where none that is not done ended before it began. A write that was not settled may come at any time after its
 * beginning, or never.
 *
 * @see <a href="https://www.cs.ox.ac.uk/people/gavin.lowe/LinearizabiltyTesting/paper.pdf">Testing for linearizability</a>
 */
final class Linearizability {

    private final List<Operation> operations;
    private final int settled;

    private Linearizability(List<Operation> operations) {
        this.operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::began))
                .toList();
        this.settled = (int) operations.stream().filter(Operation::isSettled).count();
    }

    private record State(BitSet done, int settledDone, String value) {}

    /** Tells whether the operations on one key can be put in order. */
    static boolean holds(List<Operation> operations, String initialValue) {
        return new Linearizability(operations).search(initialValue);
    }

    private boolean search(String initialValue) {
        Set<State> tried = new HashSet<>();
        Deque<State> open = new ArrayDeque<>();
        open.push(new State(new BitSet(), 0, initialValue));
        while (!open.isEmpty()) {
            State state = open.pop();
            if (state.settledDone() == settled) {
                return true;
            }
            if (tried.add(state)) {
                candidates(state).forEach(next -> take(state, next, open));
            }
        }
        return false;
    }

    /** Returns what may come next, with those that are more likely last: they are tried first. */
    private List<Integer> candidates(State state) {
        Deque<Integer> candidates = new ArrayDeque<>();
        long firstEnd = Operation.NEVER;
        for (int i = state.done().nextClearBit(0);
                i < operations.size();
                i = state.done().nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.began() > firstEnd) {
                break;
            }
            firstEnd = Math.min(firstEnd, operation.ended());
            if (operation.isSettled()) {
                candidates.addLast(i);
            } else {
                candidates.addFirst(i);
            }
        }
        long earliest = firstEnd;
        return candidates.stream()
                .filter(i -> operations.get(i).began() <= earliest)
                .toList();
    }

    private void take(State state, int index, Deque<State> open) {
        Operation operation = operations.get(index);
        boolean fits = switch (operation.kind()) {
            case WRITE -> true;
            case READ -> operation.value().equals(state.value());
        };
        if (fits) {
            BitSet done = (BitSet) state.done().clone();
            done.set(index);
            int settledDone = state.settledDone() + (operation.isSettled() ? 1 : 0);
            open.push(new State(done, settledDone, operation.value()));
        }
    }
}
