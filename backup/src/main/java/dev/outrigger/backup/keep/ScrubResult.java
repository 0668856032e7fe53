package dev.outrigger.backup.keep;

import java.util.List;

/**
 * What was found at a location.
 *
 * @param backups how many were looked at
 * @param fine how many of their files are as they were written
 * @param missing how many of their files are not there
 * @param corrupt how many are there and not as they were written; a corrupt manifest counts as one
 * @param damaged the backups of which some file is not fine, by id
 */
public record ScrubResult(int backups, long fine, long missing, long corrupt, List<VerificationResult> damaged) {

    public ScrubResult {
        damaged = List.copyOf(damaged);
    }

    static ScrubResult of(List<VerificationResult> results) {
        return new ScrubResult(
                results.size(),
                results.stream().mapToLong(VerificationResult::fine).sum(),
                results.stream().mapToLong(VerificationResult::missing).sum(),
                results.stream().mapToLong(VerificationResult::corrupt).sum(),
                results.stream().filter(result -> !result.isFine()).toList());
    }
}
