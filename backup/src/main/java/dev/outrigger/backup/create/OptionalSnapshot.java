package dev.outrigger.backup.create;

import dev.outrigger.backup.spi.BackupSource;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.backup.spi.TableSnapshot;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A snapshot of a table that may not be there, closed in any case. */
final class OptionalSnapshot implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OptionalSnapshot.class);

    private final Optional<TableSnapshot> taken;

    private OptionalSnapshot(Optional<TableSnapshot> taken) {
        this.taken = taken;
    }

    static OptionalSnapshot of(BackupSource source, TableName table) throws Exception {
        return new OptionalSnapshot(source.snapshot(table));
    }

    Optional<TableSnapshot> taken() {
        return taken;
    }

    /** Lets go of it. What was read out of it is not worse for a failure here, which is the host's to mend. */
    @Override
    public void close() {
        if (taken.isEmpty()) {
            return;
        }
        try {
            taken.get().close();
        } catch (Exception e) {
            LOG.warn("A snapshot could not be closed", e);
        }
    }
}
