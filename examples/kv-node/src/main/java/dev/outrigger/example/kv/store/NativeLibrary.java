package dev.outrigger.example.kv.store;

import dev.outrigger.example.kv.store.StoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/**
 * Loads RocksDB's native code out of its jar.
 *
 * <p>Left alone, RocksDB unpacks 17 MB under a new name into the temporary directory at each start, and removes it only when the
 * process ends in order: every {@code kill -9} would leave one behind. Here it goes to one place in the data directory, which
 * the next start overwrites. Who sets {@code ROCKSDB_SHAREDLIB_DIR} has chosen a place of their own.
 */
public final class NativeLibrary {

    private static final String CHOSEN_PLACE = "ROCKSDB_SHAREDLIB_DIR";

    private NativeLibrary() {}

    /** Loads the library, once per process; later calls do nothing. The data directory must be locked. */
    static void load(DataDirectory data) {
        load(data.nativeLibraries());
    }

    /**
     * Loads the library, once per process; later calls do nothing.
     *
     * @param place a directory to unpack it into, which no other process uses
     * @throws StoreException with {@link Reason#UNUSABLE} if it does not load
     */
    public static void load(Path place) {
        try {
            if (System.getenv(CHOSEN_PLACE) == null) {
                Files.createDirectories(place);
                NativeLibraryLoader.getInstance().loadLibrary(place.toString());
            }
            RocksDB.loadLibrary();
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new StoreException(Reason.UNUSABLE, "RocksDB's native library does not load: " + e.getMessage(), e);
        }
    }
}
