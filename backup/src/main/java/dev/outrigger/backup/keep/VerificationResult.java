package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import java.util.List;
import java.util.Optional;

/**
 * What a verification found.
 *
 * @param id of the backup
 * @param token of its writer; empty where the manifest itself is corrupt
 * @param fine how many files are as they were written
 * @param missing how many are not there
 * @param corrupt how many are there and not as they were written
 * @param findings the first 1,000 that are not fine: tables by name, each table's metadata before its shards; the manifest alone where
 *     it is corrupt
 */
public record VerificationResult(
        BackupId id, Optional<String> token, int fine, int missing, int corrupt, List<FileFinding> findings) {

    private static final int MAX_FINDINGS = 1_000;

    public VerificationResult {
        requireNonNull(id, "id");
        requireNonNull(token, "token");
        findings = List.copyOf(findings);
    }

    static VerificationResult of(BackupId id, String token, int files, List<FileFinding> found) {
        int missing = (int) found.stream()
                .filter(finding -> finding.state() == FileState.MISSING)
                .count();
        return new VerificationResult(
                id,
                Optional.of(token),
                files - found.size(),
                missing,
                found.size() - missing,
                found.stream().limit(MAX_FINDINGS).toList());
    }

    static VerificationResult ofCorruptManifest(BackupId id, String reason) {
        FileFinding finding = FileFinding.corrupt(new BackupNames(id).manifest(), reason);
        return new VerificationResult(id, Optional.empty(), 0, 0, 1, List.of(finding));
    }

    /** Tells whether everything is as it was written. */
    public boolean isFine() {
        return missing == 0 && corrupt == 0;
    }
}
