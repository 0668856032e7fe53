package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which backups are kept. One is kept as long as anything speaks for it:
 *
 * <ul>
 *   <li>it is one of the last N that are not damaged, or not older than the last of these;
 *   <li>it is younger than the duration;
 *   <li>it is the last whole one: completed and not damaged; or the last that is not damaged;
 *   <li>nobody knows what it is: its manifest is corrupt.
 * </ul>
 *
 * <p>While every backup is damaged, none is removed. Immutable.
 *
 * @param last how many are kept, 0 or more; empty where their number does not count
 * @param age how long each is kept; empty where its age does not count
 */
public record Retention(OptionalInt last, Optional<Duration> age) {

    /** Keeps everything. */
    public static final Retention ALL = new Retention(OptionalInt.empty(), Optional.empty());

    /**
     * @throws IllegalArgumentException if number or duration is negative
     */
    public Retention {
        requireNonNull(last, "last");
        requireNonNull(age, "age");
        if (last.isPresent() && last.getAsInt() < 0) {
            throw new IllegalArgumentException("keep last: " + last.getAsInt() + " (expected: >= 0)");
        }
        if (age.isPresent() && age.get().isNegative()) {
            throw new IllegalArgumentException("keep for: " + age.get() + " (expected: >= 0)");
        }
    }

    /** Keeps the last so many. */
    public static Retention ofLast(int backups) {
        return new Retention(OptionalInt.of(backups), Optional.empty());
    }

    /** Keeps each for so long. */
    public static Retention ofAge(Duration age) {
        return new Retention(OptionalInt.empty(), Optional.of(age));
    }

    /** The same, and keeps the last so many however old they are. */
    public Retention andLast(int backups) {
        return new Retention(OptionalInt.of(backups), age);
    }

    /** The same, and keeps each for so long however many they are. */
    public Retention andAge(Duration duration) {
        return new Retention(last, Optional.of(duration));
    }

    /**
     * Says which backups need not be kept any more.
     *
     * @param entries of one location, in any order
     * @param product whose backups this is about: others' are left alone
     * @param now what ages are measured against
     * @return oldest first
     */
    public List<BackupId> expired(List<BackupEntry> entries, String product, Instant now) {
        List<BackupEntry> newestFirst = entries.stream()
                .filter(entry -> entry.timestamp().isPresent())
                .filter(entry ->
                        entry.product().filter(p -> p.name().equals(product)).isPresent())
                .sorted(Comparator.comparing(CatalogPosition::of))
                .toList();
        if (equals(ALL) || newestFirst.stream().noneMatch(Retention::isGood)) {
            return List.of();
        }
        Set<BackupId> kept = kept(newestFirst, now);
        return newestFirst.stream()
                .filter(entry -> !kept.contains(entry.id()))
                .sorted(Comparator.comparing(CatalogPosition::of).reversed())
                .map(BackupEntry::id)
                .toList();
    }

    private Set<BackupId> kept(List<BackupEntry> newestFirst, Instant now) {
        Set<BackupId> kept = new HashSet<>();
        int good = 0;
        for (BackupEntry entry : newestFirst) {
            boolean amongLast = last.isPresent() && good < last.getAsInt();
            boolean young = age.isPresent() && entry.timestamp().orElseThrow().isAfter(now.minus(age.get()));
            if (amongLast || young) {
                kept.add(entry.id());
            }
            good += isGood(entry) ? 1 : 0;
        }
        keepFirst(newestFirst, Retention::isGood, kept);
        keepFirst(newestFirst, entry -> entry.status() == EntryStatus.COMPLETED, kept);
        return kept;
    }

    private static void keepFirst(List<BackupEntry> newestFirst, Predicate<BackupEntry> which, Set<BackupId> kept) {
        newestFirst.stream().filter(which).findFirst().ifPresent(entry -> kept.add(entry.id()));
    }

    private static boolean isGood(BackupEntry entry) {
        return switch (entry.status()) {
            case COMPLETED, PARTIAL -> true;
            case DAMAGED, CORRUPT -> false;
        };
    }
}
