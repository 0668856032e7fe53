package dev.outrigger.backup.keep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.location.StoredObject;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    /** Backups are written by their age in days and what they are: Completed, Partial, Damaged, corrupt ({@code X}). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "last | days | backups             | expired",
                "-    | -    | 1C 2C 3C            | -",
                "2    | -    | -                   | -",
                "2    | -    | 1C                  | -",
                "2    | -    | 1C 2C               | -",
                "2    | -    | 1C 2C 3C 4C         | 4C 3C",
                "2    | -    | 1P 2P 3P 4C         | 3P",
                "2    | -    | 1P 2P 3P            | 3P",
                "2    | -    | 1P 2P 3C 4C 5P      | 5P 4C",
                "2    | -    | 1D 2C 3D 4C 5D 6C   | 6C 5D",
                "1    | -    | 1D 2D 3C            | -",
                "1    | -    | 1D 2D 3D            | -",
                "0    | -    | 1C 2C               | 2C",
                "0    | -    | 1P 2C 3C            | 3C",
                "0    | -    | 1D 2C               | 1D",
                "0    | -    | 1D 2D               | -",
                "-    | 3    | 1C 2C               | -",
                "-    | 3    | 1C 2C 3C 4C         | 4C 3C",
                "-    | 3    | 5C 6C               | 6C",
                "-    | 3    | 5D 6C 7C            | 7C 5D",
                "-    | 3    | 1D 6C 7C            | 7C",
                "-    | 3    | 1P 6C 7C            | 7C",
                "-    | 0    | 1C 2C               | 2C",
                "2    | 3    | 1C 2C 3C 4C         | 4C 3C",
                "3    | 2    | 1C 2C 3C 4C         | 4C",
                "1    | 3    | 1C 2C 3C            | 3C",
                "1    | -    | 1C 2X 3X            | -",
                "1    | -    | 1X 2C 3C            | 3C",
            },
            useHeadersInDisplayName = true)
    void whatExpires(Integer last, Integer days, String backups, String expired) {
        Retention retention = new Retention(
                last == null ? OptionalInt.empty() : OptionalInt.of(last),
                Optional.ofNullable(days).map(Duration::ofDays));
        List<BackupEntry> entries = split(backups).map(RetentionTest::entry).collect(Collectors.toList());
        assertThat(retention.expired(entries, "kv-node", NOW))
                .extracting(BackupId::value)
                .containsExactlyElementsOf(split(expired).toList());
        Collections.reverse(entries);
        assertThat(retention.expired(entries, "kv-node", NOW))
                .extracting(BackupId::value)
                .containsExactlyElementsOf(split(expired).toList());
    }

    @Test
    void anotherProductsBackupsAreLeftAlone() {
        List<BackupEntry> entries =
                Stream.of("1C", "2C", "3C").map(RetentionTest::entry).toList();
        assertThat(Retention.ofLast(1).expired(entries, "other", NOW)).isEmpty();
    }

    @Test
    void aBackupOfTheFutureIsKept() {
        List<BackupEntry> entries =
                Stream.of("-1C", "2C").map(RetentionTest::entry).toList();
        assertThat(Retention.ofAge(Duration.ofDays(1)).expired(entries, "kv-node", NOW))
                .containsExactly(new BackupId("2C"));
    }

    @Test
    void aPolicyIsNotNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.ofLast(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> Retention.ofAge(Duration.ofDays(-1)));
    }

    private static Stream<String> split(String words) {
        return words == null ? Stream.empty() : Stream.of(words.split(" "));
    }

    private static BackupEntry entry(String word) {
        EntryStatus status = switch (word.charAt(word.length() - 1)) {
            case 'C' -> EntryStatus.COMPLETED;
            case 'P' -> EntryStatus.PARTIAL;
            case 'D' -> EntryStatus.DAMAGED;
            default -> EntryStatus.CORRUPT;
        };
        int days = Integer.parseInt(word.substring(0, word.length() - 1));
        BackupId id = new BackupId(word.replace("-", "in"));
        StoredObject manifest = new StoredObject(new ObjectName("m-" + id), 1, "v1");
        return status == EntryStatus.CORRUPT
                ? BackupEntry.corrupt(id, manifest, Place.LOCATION)
                : new BackupEntry(
                        id,
                        manifest,
                        Optional.of(NOW.minus(Duration.ofDays(days))),
                        List.of(),
                        Place.LOCATION,
                        Optional.of(new Product("kv-node", "1")),
                        Optional.of("token"),
                        status,
                        OptionalLong.of(1));
    }
}
