package dev.outrigger.backup;

import dev.outrigger.backup.restore.RestoreJob;
import dev.outrigger.health.ReadinessGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Keeps a node out of traffic while a table is away that a restore is bringing back. Safe for use by many threads. */
final class TablesAway {

    private final ReadinessGate gate = ReadinessGate.opened("restoring");
    private final List<Absence> absences = new ArrayList<>(); // guarded by this

    /** The gate that is closed meanwhile. */
    ReadinessGate gate() {
        return gate;
    }

    /** Notes what is missing while a restore works. */
    Absence during(RestoreJob job) {
        Set<String> missing = new TreeSet<>();
        job.missing().forEach(table -> missing.add(table.value()));
        Absence absence = new Absence(this, missing);
        change(() -> absences.add(absence));
        return absence;
    }

    private synchronized void change(Runnable change) {
        change.run();
        Set<String> missing = new TreeSet<>();
        absences.forEach(absence -> missing.addAll(absence.tables));
        if (missing.isEmpty()) {
            gate.open();
        } else {
            gate.close("being restored: " + String.join(", ", missing));
        }
    }

    /** What is missing during one restore. */
    static final class Absence implements AutoCloseable {

        private final TablesAway owner;
        private final Set<String> tables;

        private Absence(TablesAway owner, Set<String> tables) {
            this.owner = owner;
            this.tables = tables;
        }

        @Override
        public void close() {
            owner.change(() -> owner.absences.remove(this));
        }
    }
}
