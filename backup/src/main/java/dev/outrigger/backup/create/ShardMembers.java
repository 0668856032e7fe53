package dev.outrigger.backup.create;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The members of a cluster, as the coordinator of a backup sees and asks them. Safe for use by many threads. */
public interface ShardMembers {

    /**
     * Lists the tables of the cluster, in any order.
     *
     * @throws IOException if they are not known now
     */
    List<TableName> tables() throws IOException;

    /**
     * Returns the ids of a table's shards; none where there is no such table.
     *
     * @throws IOException if they are not known now
     */
    Set<Integer> shards(TableName table) throws IOException;

    /** Returns the member that leads a shard; empty while that is not known. */
    Optional<NodeAddress> leader(TableName table, int shard);

    /**
     * Asks a member for shards, or, with an order that it has, says that they are still wanted. Done at the latest after a third of half
     * the {@linkplain #silence() silence}, since a member does not go on for nobody.
     *
     * @return the job that it does it by
     * @throws MemberFailedException if it does not do it, and would not if it were asked again
     * @throws IOException if it did not answer, or cannot take it now: it may have taken it all the same
     */
    String ask(NodeAddress member, ShardOrder order) throws IOException, MemberFailedException;

    /**
     * Looks how far a member is.
     *
     * @param job by which it does it
     * @throws IOException if it did not answer
     */
    Progress look(NodeAddress member, ShardOrder order, String job) throws IOException;

    /** Calls a job off, as far as its member can be reached. */
    void callOff(NodeAddress member, String job);

    /** After how long without an answer a member counts as dead. */
    Duration silence();

    /** How long nobody may lead a shard before its table fails. */
    Duration leaderDeadline();

    /** The time by which deadlines are kept. */
    Instant now();

    /**
     * Waits until it is time to look again.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    void pause() throws InterruptedException;

    /** How far a member is with an order. */
    sealed interface Progress {}

    /** It waits, or is at it. */
    record Running() implements Progress {}

    /**
     * It is done.
     *
     * @param report what it wrote
     */
    record Done(ShardReport report) implements Progress {}

    /**
     * It has given it up, or does not know of it any more.
     *
     * @param why for people
     */
    record GivenUp(String why) implements Progress {}
}
