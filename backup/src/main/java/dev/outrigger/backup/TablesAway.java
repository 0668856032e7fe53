package dev.outrigger.backup;

import dev.outrigger.backup.restore.RestoreJob;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import dev.outrigger.health.ReadinessGate;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Keeps a node out of traffic while a table is away that a restore is bringing back: from before its first attempt until after its last.
 * Safe for use by many threads.
 */
final class TablesAway {

    private final ReadinessGate gate = ReadinessGate.opened("restoring");
    private final Map<RestoreId, Set<TableName>> away = new HashMap<>(); // guarded by this

    /** The gate that is closed meanwhile. */
    ReadinessGate gate() {
        return gate;
    }

    /** Notes what is away at the moment of what a restore brings back; asks the host. */
    void during(RestoreJob job) {
        note(job.restore(), job.missing());
    }

    /** Notes what may be away of what a restore brings back, where the host cannot be asked yet. */
    void expecting(RestoreJob job) {
        note(job.restore(), job.awaited());
    }

    /** Notes that nobody knows yet what may be away. */
    void isUnknown() {
        gate.close("the plans of restores have not been read yet");
    }

    /** Notes all that is away now, of all restores. */
    synchronized void are(Map<RestoreId, Set<TableName>> tables) {
        away.clear();
        away.putAll(tables);
        tell();
    }

    private synchronized void note(RestoreId restore, Set<TableName> tables) {
        away.put(restore, tables);
        tell();
    }

    /** Notes that a restore is over, whatever became of it. */
    synchronized void over(RestoreId restore) {
        away.remove(restore);
        tell();
    }

    private void tell() {
        Set<String> names = new TreeSet<>();
        away.values().forEach(tables -> tables.forEach(table -> names.add(table.value())));
        if (names.isEmpty()) {
            gate.open();
        } else {
            gate.close("being restored: " + String.join(", ", names));
        }
    }
}
