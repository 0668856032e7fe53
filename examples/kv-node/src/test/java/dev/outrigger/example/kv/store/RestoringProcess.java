package dev.outrigger.example.kv.store;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.backup.spi.TableName;
import java.nio.file.Path;

/** A process that does nothing but put one of two snapshots in place, then the other, until it is killed. */
final class RestoringProcess {

    private static final TableName TABLE = new TableName("lower");

    private RestoringProcess() {}

    /** Takes the data directory, the directories of two copies of snapshots, and what the names of the restores begin with. */
    public static void main(String[] arguments) throws Exception {
        try (OpenStore opened = OpenStore.in(Path.of(arguments[0]))) {
            StoreBackups backups = new StoreBackups(opened.store());
            for (int round = 0; ; round++) {
                Snapshots snapshot = Snapshots.at(Path.of(arguments[1 + round % 2]), 8);
                String restore = arguments[3] + "-" + round;
                backups.commit(snapshot.stage(backups, restore, TABLE.value(), true));
                backups.drop(new RestoreId(restore), TABLE);
                System.out.println("restored " + round);
            }
        }
    }
}
