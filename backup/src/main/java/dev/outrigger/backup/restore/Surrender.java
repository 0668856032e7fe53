package dev.outrigger.backup.restore;

import dev.outrigger.backup.spi.TableName;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles tables of a restore that will not be brought back. Used by one thread. */
final class Surrender {

    private static final Logger LOG = LoggerFactory.getLogger(Surrender.class);

    private final RestoreSite site;
    private final PlanLedger ledger;

    Surrender(RestoreSite site, PlanLedger ledger) {
        this.site = site;
        this.ledger = ledger;
    }

    /** Settles every table that is not live. */
    void giveUp(String why) throws IOException {
        for (PlannedTable table : ledger.plan().tables()) {
            if (!table.state().isSettled()) {
                fail(table.target(), why);
            }
        }
    }

    /** Says why a table failed, and removes what is staged for it. What was there before it is still there. */
    void fail(TableName target, String why) throws IOException {
        // Before anything is removed, so that nothing goes on from shards that are not here any more.
        ledger.step(target, table -> table.failed(why));
        abort(target);
    }

    /** Removes what is staged for one table; what cannot be removed is found at the next start. */
    void abort(TableName target) {
        try {
            site.target().abort(ledger.plan().restore(), target);
        } catch (Exception e) {
            LOG.warn(
                    "Restore {}: something is left of what was staged for {}",
                    ledger.plan().restore(),
                    target,
                    e);
        }
    }
}
