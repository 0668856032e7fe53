package dev.outrigger.backup.archive;

import java.io.OutputStream;

/** Forgets what it is given. */
final class NowhereDestination extends ArchiveDestination {

    @Override
    OutputStream create(EntryName name) {
        return OutputStream.nullOutputStream();
    }

    @Override
    void sync() {}

    @Override
    void close() {}
}
