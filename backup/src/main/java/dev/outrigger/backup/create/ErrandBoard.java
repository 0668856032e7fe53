package dev.outrigger.backup.create;

import dev.outrigger.backup.spi.TableName;
import dev.outrigger.cluster.NodeAddress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which shard of a table was asked of whom, and since when nobody is at it. Used by one thread. */
final class ErrandBoard {

    private static final Logger LOG = LoggerFactory.getLogger(ErrandBoard.class);

    private static final Duration NOT_LED = Duration.ofSeconds(1);

    /** A member is told six times within the silence that it is still wanted, and stops after half of it. */
    private static final int REMINDERS = 6;

    private final ShardMembers members;
    private final BackupOrder backup;
    private final String run;
    private final TableName table;

    /** The shards that nobody is at, and since when. */
    private final Map<Integer, Instant> free = new TreeMap<>();

    private final List<Errand> errands = new ArrayList<>();
    private final Set<Integer> asked = new HashSet<>();
    private final Map<Integer, Integer> failures = new HashMap<>();

    /** When a shard may be asked for again that somebody turned out not to lead: who leads is not known better at once. */
    private final Map<Integer, Instant> notBefore = new HashMap<>();

    ErrandBoard(ShardMembers members, BackupOrder backup, String run, TableName table, Set<Integer> shards) {
        this.members = members;
        this.backup = backup;
        this.run = run;
        this.table = table;
        Instant now = members.now();
        shards.forEach(shard -> free.put(shard, now));
    }

    /** Shards that a member was asked for. */
    private static final class Errand {

        private final NodeAddress member;
        private final ShardOrder order;

        /** Since when nobody had been at these shards, should this member not lead them either. */
        private final Instant freeSince;

        private Optional<String> job = Optional.empty();
        private Instant answered;
        private Instant reminded;

        private Errand(NodeAddress member, ShardOrder order, Instant freeSince, Instant now) {
            this.member = member;
            this.order = order;
            this.freeSince = freeSince;
            this.answered = now;
            this.reminded = now;
        }
    }

    /**
     * An errand that has come to an end.
     *
     * @param order what was asked for
     * @param report what was written; empty if that is not known, or nothing was
     * @param why it ended without a report, for people
     * @param freeSince since when nobody had been at these shards
     */
    record Ended(ShardOrder order, Optional<ShardReport> report, String why, Instant freeSince) {}

    /** Tells whether every shard is done. */
    boolean isEmpty() {
        return free.isEmpty() && errands.isEmpty();
    }

    /** The shards that somebody may be asked for now. */
    List<Integer> free() {
        Instant now = members.now();
        return free.keySet().stream()
                .filter(shard -> !notBefore.getOrDefault(shard, Instant.MIN).isAfter(now))
                .toList();
    }

    /** Tells whether something may be under a shard's name. */
    boolean wasAsked(int shard) {
        return asked.contains(shard);
    }

    /**
     * Holds the shards that nobody is at to the deadline.
     *
     * @throws MemberFailedException if one has been nobody's for too long
     */
    void requireLedInTime() throws MemberFailedException {
        Instant latest = members.now().minus(members.leaderDeadline());
        for (Map.Entry<Integer, Instant> entry : free.entrySet()) {
            if (entry.getValue().isBefore(latest)) {
                throw new MemberFailedException(
                        "shard " + entry.getKey() + ": nobody who leads it has written it within "
                                + members.leaderDeadline().toSeconds() + " s");
            }
        }
    }

    /**
     * Asks a member for shards that nobody is at.
     *
     * @throws MemberFailedException if it will not do it
     */
    void ask(NodeAddress member, List<Integer> shards) throws MemberFailedException {
        ShardOrder order = new ShardOrder(
                UUID.randomUUID().toString(),
                backup.id(),
                backup.location(),
                backup.token(),
                run,
                backup.orderedAt(),
                table,
                shards);
        Instant since = shards.stream().map(free::get).min(Instant::compareTo).orElseThrow();
        Errand errand = new Errand(member, order, since, members.now());
        shards.forEach(free::remove);
        asked.addAll(shards);
        errands.add(errand);
        remind(errand);
    }

    /** Says that an errand is wanted, for the first time or again. */
    private void remind(Errand errand) throws MemberFailedException {
        try {
            errand.job = Optional.of(members.ask(errand.member, errand.order));
            errand.answered = members.now();
            errand.reminded = errand.answered;
        } catch (IOException e) {
            LOG.debug("Member {} did not take shards {} of {}", errand.member, errand.order.shards(), table, e);
        }
    }

    /**
     * Looks at all errands.
     *
     * @return those that have ended; they are the caller's to settle
     * @throws MemberFailedException if a member will not go on
     */
    List<Ended> look() throws MemberFailedException {
        List<Ended> ended = new ArrayList<>();
        for (Errand errand : List.copyOf(errands)) {
            Optional<Ended> end = look(errand);
            if (end.isPresent()) {
                errands.remove(errand);
                ended.add(end.get());
            }
        }
        return ended;
    }

    private Optional<Ended> look(Errand errand) throws MemberFailedException {
        Duration patience = members.silence().dividedBy(REMINDERS);
        if (errand.job.isEmpty() || !errand.reminded.plus(patience).isAfter(members.now())) {
            remind(errand);
        }
        if (errand.job.isPresent()) {
            try {
                ShardMembers.Progress progress = members.look(errand.member, errand.order, errand.job.get());
                errand.answered = members.now();
                return ended(errand, progress);
            } catch (IOException e) {
                LOG.debug("Member {} did not answer", errand.member, e);
            }
        }
        return isDead(errand) ? Optional.of(end(errand, Optional.empty(), "did not answer")) : Optional.empty();
    }

    /** A member that is silent counts as dead at once where somebody else leads: nothing that it does afterwards can do harm. */
    private boolean isDead(Errand errand) {
        Duration patience = isReplaced(errand) ? members.silence().dividedBy(REMINDERS) : members.silence();
        return !errand.answered.plus(patience).isAfter(members.now());
    }

    private boolean isReplaced(Errand errand) {
        return errand.order.shards().stream()
                .allMatch(shard -> members.leader(table, shard)
                        .filter(leader -> !leader.equals(errand.member))
                        .isPresent());
    }

    private static Optional<Ended> ended(Errand errand, ShardMembers.Progress progress) {
        if (progress instanceof ShardMembers.Done done) {
            return Optional.of(end(errand, Optional.of(done.report()), ""));
        }
        return progress instanceof ShardMembers.GivenUp gone
                ? Optional.of(end(errand, Optional.empty(), gone.why()))
                : Optional.empty();
    }

    private static Ended end(Errand errand, Optional<ShardReport> report, String why) {
        return new Ended(errand.order, report, "member " + errand.member.value() + ": " + why, errand.freeSince);
    }

    /** Shards that were written are done; of those that the member does not lead, nobody is at any. */
    void done(Ended ended, ShardReport report) {
        Instant later = members.now().plus(NOT_LED);
        for (int shard : report.notLed()) {
            free.put(shard, ended.freeSince());
            notBefore.put(shard, later);
        }
    }

    /**
     * Nobody is at these shards any more.
     *
     * @param most how often one of them may fail
     * @throws MemberFailedException if one has failed too often
     */
    void failed(Ended ended, int most) throws MemberFailedException {
        for (int shard : ended.order().shards()) {
            if (failures.merge(shard, 1, Integer::sum) >= most) {
                throw new MemberFailedException(ended.why());
            }
            free.put(shard, members.now());
        }
    }

    /** Calls off what is still being done, as far as its members can be reached. */
    void callOff() {
        for (Errand errand : errands) {
            errand.job.ifPresent(job -> members.callOff(errand.member, job));
        }
        errands.clear();
    }
}
