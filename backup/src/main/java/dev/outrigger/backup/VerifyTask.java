package dev.outrigger.backup;

import dev.outrigger.backup.job.RefusedException;
import dev.outrigger.backup.keep.KeepSite;
import dev.outrigger.backup.keep.LastFindings;
import dev.outrigger.backup.keep.Verification;
import dev.outrigger.backup.keep.VerificationResult;
import dev.outrigger.backup.location.ObjectStore;
import dev.outrigger.task.TaskContext;
import dev.outrigger.task.TaskResult;
import java.io.IOException;

/** Verifies one backup. Damage is its result, not its failure. */
final class VerifyTask extends KeepTask {

    static final String TYPE = "verify";

    private final KeepSite site;
    private final LastFindings findings;

    VerifyTask(KeepSite site, StoreDoor door, LastFindings findings) {
        super(door);
        this.site = site;
        this.findings = findings;
    }

    @Override
    TaskResult run(KeepOrder order, ObjectStore store, TaskControl control, TaskContext context)
            throws IOException, RefusedException {
        VerificationResult result =
                new Verification(site, store, control).run(order.backup().orElseThrow());
        findings.record(order.location().toString(), result);
        return TaskResult.of(json -> KeepDocuments.write(json, result));
    }
}
