package dev.outrigger.example.raft.engine;

import static java.util.Objects.requireNonNull;

/**
 * A member as the metadata group has it.
 *
 * @param address where it is found
 * @param uid tells the node from an earlier one of that name whose data is gone
 * @param state where it is in its life
 * @param groups how many groups it has been added to, and not been taken out of again
 */
public record MemberView(MemberAddress address, long uid, MemberState state, int groups) {

    /**
     * @throws IllegalArgumentException if the number of groups is negative
     */
    public MemberView {
        requireNonNull(address, "address");
        requireNonNull(state, "state");
        if (groups < 0) {
            throw new IllegalArgumentException("groups: " + groups + " (expected: >= 0)");
        }
    }
}
