package dev.outrigger.backup.keep;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.job.JobControl;
import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.backup.manifest.BackupId;
import dev.outrigger.backup.manifest.BackupNames;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Verifies every backup at a location, one after the other. Changes nothing there. Used by one thread, once.
 */
public final class Scrub {

    /** After so many backups in a row the store itself has failed, and not what lies in it. */
    private static final int MAX_FAILURES_IN_A_ROW = 3;

    private final ObjectStore store;
    private final String location;
    private final LastFindings findings;
    private final JobControl control;
    private final Verification verification;

    private final List<VerificationResult> results = new ArrayList<>();
    private final List<IOException> failures = new ArrayList<>();
    private int failuresInARow;

    /**
     * Prepares a scrub.
     *
     * @param store at the location; left open
     * @param location in the canonical form
     * @param findings is told of each backup as soon as it is verified
     */
    public Scrub(KeepSite site, ObjectStore store, String location, LastFindings findings, JobControl control) {
        this.store = requireNonNull(store, "store");
        this.location = requireNonNull(location, "location");
        this.findings = requireNonNull(findings, "findings");
        this.control = requireNonNull(control, "control");
        this.verification = new Verification(site, store, control);
    }

    /**
     * Verifies all that is there when it begins.
     *
     * @throws dev.outrigger.backup.job.JobStoppedException if the job was told to stop
     * @throws IOException if the store fails. Where it fails for one backup, the others are verified before this is thrown
     */
    public ScrubResult run() throws IOException {
        List<BackupId> ids = new ArrayList<>();
        LocationListing.forEach(
                store, object -> BackupNames.ofManifest(object.name()).ifPresent(ids::add));
        for (BackupId id : ids) {
            control.check();
            verify(id);
        }
        throwFirst();
        return ScrubResult.of(results);
    }

    private void verify(BackupId id) throws IOException {
        try {
            VerificationResult result = verification.run(id);
            results.add(result);
            findings.record(location, result);
            tell(result);
            failuresInARow = 0;
        } catch (RefusedException e) {
            control.log("backup " + id + " is none any more"); // A tombstone, or deleted since it was listed.
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            failures.add(e);
            control.log("backup " + id + " could not be read");
            if (++failuresInARow == MAX_FAILURES_IN_A_ROW) {
                throwFirst();
            }
        }
    }

    private void tell(VerificationResult result) {
        if (!result.isFine()) {
            control.log("backup " + result.id() + " is damaged: " + result.missing() + " files missing, "
                    + result.corrupt() + " corrupt");
        }
    }

    private void throwFirst() throws IOException {
        Optional<IOException> first = failures.stream().findFirst();
        if (first.isPresent()) {
            failures.stream().skip(1).forEach(first.get()::addSuppressed);
            throw first.get();
        }
    }
}
