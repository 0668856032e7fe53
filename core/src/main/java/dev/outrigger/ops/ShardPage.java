package dev.outrigger.ops;

import dev.outrigger.http.Problem;
import dev.outrigger.http.Query;
import dev.outrigger.shard.ShardStatus;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which shards a reader asks for: {@code ?shard_status=unavailable&limit=100&after=41}. Immutable.
 *
 * @param status empty for any
 * @param limit at most so many
 * @param after only higher ids
 */
record ShardPage(Optional<ShardStatus> status, int limit, int after) {

    static final ShardPage ALL = new ShardPage(Optional.empty(), Integer.MAX_VALUE, -1);

    /**
     * @throws dev.outrigger.http.ProblemException with 400 for a status that there is not, or a number that is none
     */
    static ShardPage of(Query query) {
        return new ShardPage(
                query.first("shard_status").map(ShardPage::status),
                query.number("limit", 0, Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
                query.number("after", -1, Integer.MAX_VALUE).orElse(-1));
    }

    boolean isAll() {
        return equals(ALL);
    }

    private static ShardStatus status(String word) {
        return Arrays.stream(ShardStatus.values())
                .filter(status -> status.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest(
                                "Query parameter shard_status: expected healthy, degraded or unavailable")
                        .asException());
    }
}
