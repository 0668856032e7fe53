package dev.outrigger.backup.restore;

import java.util.Set;

/**
 * What one member of a cluster has done of one table's restore.
 *
 * @param staged the shards that are there, whole and verified
 * @param swapped whether that member has put them in place
 */
record MemberPart(Set<Integer> staged, boolean swapped) {

    MemberPart {
        staged = Set.copyOf(staged);
    }
}
