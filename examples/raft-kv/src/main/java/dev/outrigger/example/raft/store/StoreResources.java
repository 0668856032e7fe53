package dev.outrigger.example.raft.store;

import dev.outrigger.example.kv.store.NativeLibrary;
import java.nio.file.Path;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.CompressionType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteOptions;

/**
 * What the databases of one node share: options sized for many databases in one process, and a cache. Owns native memory until closed, which
 * is after all databases are.
 */
public final class StoreResources implements AutoCloseable {

    private static final long BLOCK_CACHE_BYTES = 32L << 20;
    private static final long WRITE_BUFFER_BYTES = 4L << 20;
    private static final long LOG_FILE_BYTES = 1L << 20;
    private static final double BLOOM_BITS_PER_KEY = 10;

    private final Cache cache;
    private final BloomFilter filter;
    private final Options options;
    private final Options existing;
    private final WriteOptions writes;

    private StoreResources() {
        cache = new LRUCache(BLOCK_CACHE_BYTES);
        filter = new BloomFilter(BLOOM_BITS_PER_KEY);
        options = new Options()
                .setCreateIfMissing(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(
                        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter))
                .setMaxLogFileSize(LOG_FILE_BYTES)
                .setKeepLogFileNum(2);
        existing = new Options(options).setCreateIfMissing(false);
        // The group's log has every write already, forced to the disks of a majority; it is read again from what was
        // flushed.
        writes = new WriteOptions().setDisableWAL(true);
    }

    /**
     * Loads RocksDB's native code, once per process, and makes the resources.
     *
     * @param nativeLibraries where the library is unpacked
     * @throws dev.outrigger.example.kv.store.StoreException if it does not load
     */
    public static StoreResources open(Path nativeLibraries) {
        NativeLibrary.load(nativeLibraries);
        return new StoreResources();
    }

    Options options() {
        return options;
    }

    /** The same, for a database that has to be there. */
    Options existing() {
        return existing;
    }

    WriteOptions writes() {
        return writes;
    }

    @Override
    public void close() {
        writes.close();
        existing.close();
        options.close();
        filter.close();
        cache.close();
    }
}
