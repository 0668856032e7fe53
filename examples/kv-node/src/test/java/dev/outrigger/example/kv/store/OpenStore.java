package dev.outrigger.example.kv.store;

import java.nio.file.Path;

/** A store and its directory, opened and closed together. */
final class OpenStore implements AutoCloseable {

    private final DataDirectory directory;
    private final Store store;

    private OpenStore(DataDirectory directory) {
        this.directory = directory;
        this.store = new Store(directory);
    }

    static OpenStore in(Path path) {
        OpenStore opened = new OpenStore(DataDirectory.open(path));
        opened.store.open((done, total, phase) -> {});
        return opened;
    }

    Store store() {
        return store;
    }

    @Override
    public void close() {
        store.close();
        directory.close();
    }
}
