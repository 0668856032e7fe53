package dev.outrigger.example.kv.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.ExportImportFilesMetaData;
import org.rocksdb.ImportColumnFamilyOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * A RocksDB beside the node's own, which nobody else knows: column families are handed on through it. Nothing is compacted in it, so its
 * table files stay as they came. Used by one thread.
 */
final class SideDatabase implements AutoCloseable {

    private static final String DEFAULT_FAMILY = new String(RocksDB.DEFAULT_COLUMN_FAMILY, UTF_8);
    private static final long WRITE_BUFFER_BYTES = 8L << 20;

    private final Map<String, ColumnFamilyHandle> families = new TreeMap<>();
    private final ColumnFamilyOptions family = new ColumnFamilyOptions()
            .setDisableAutoCompactions(true)
            .setWriteBufferSize(WRITE_BUFFER_BYTES)
            .setCompressionType(CompressionType.LZ4_COMPRESSION);
    private final RocksDB rocks;

    private SideDatabase(Path directory, List<String> names, boolean create) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try (DBOptions options = new DBOptions().setCreateIfMissing(create).setInfoLogLevel(InfoLogLevel.WARN_LEVEL)) {
            rocks = RocksDB.open(
                    options,
                    directory.toString(),
                    names.stream().map(this::descriptor).toList(),
                    handles);
        } catch (RocksDBException e) {
            family.close();
            throw e;
        }
        for (int i = 0; i < names.size(); i++) {
            families.put(names.get(i), handles.get(i));
        }
    }

    /** Makes an empty one. */
    static SideDatabase create(Path directory) throws RocksDBException {
        return new SideDatabase(directory, List.of(DEFAULT_FAMILY), true);
    }

    /**
     * Opens what is there. What is in its log goes into files.
     *
     * @throws RocksDBException if that is no whole database
     */
    static SideDatabase open(Path directory) throws RocksDBException {
        try (Options options = new Options()) {
            List<String> names = RocksDB.listColumnFamilies(options, directory.toString()).stream()
                    .map(name -> new String(name, UTF_8))
                    .toList();
            return new SideDatabase(directory, names, false);
        }
    }

    /**
     * Links the files of a column family into a directory that does not exist yet.
     *
     * @return what they are, for the database that is to take them; empty where there is no file
     * @throws RocksDBException if there is no such family
     */
    Optional<ExportImportFilesMetaData> export(String name, Path into) throws RocksDBException {
        ColumnFamilyHandle exported = families.get(name);
        if (exported == null) {
            throw new RocksDBException("there is no column family " + name);
        }
        if (rocks.getColumnFamilyMetaData(exported).fileCount() == 0) {
            return Optional.empty();
        }
        try (Checkpoint checkpoint = Checkpoint.create(rocks)) {
            return Optional.of(checkpoint.exportColumnFamily(exported, into.toString()));
        }
    }

    /** Makes a column family of exported files, which are moved here; an empty one of none. */
    void add(String name, Optional<ExportImportFilesMetaData> files) throws RocksDBException {
        try (ImportColumnFamilyOptions moving = new ImportColumnFamilyOptions().setMoveFiles(true)) {
            families.put(
                    name,
                    files.isPresent()
                            ? rocks.createColumnFamilyWithImport(descriptor(name), moving, files.get())
                            : rocks.createColumnFamily(descriptor(name)));
        }
    }

    /**
     * Reads every block of every file against its checksum.
     *
     * @throws RocksDBException if one does not agree
     */
    void verify() throws RocksDBException {
        rocks.verifyChecksum();
    }

    @Override
    public void close() {
        families.values().forEach(ColumnFamilyHandle::close);
        rocks.close();
        family.close();
    }

    private ColumnFamilyDescriptor descriptor(String name) {
        return new ColumnFamilyDescriptor(name.getBytes(UTF_8), family);
    }
}
