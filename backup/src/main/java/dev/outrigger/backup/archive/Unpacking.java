package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.zip.CRC32C;

/** One archive on its way into its destination. Not thread-safe. */
final class Unpacking {

    private static final int PIECE_BYTES = 64 << 10;

    private final ArchiveInput archive;
    private final ArchiveSummary expected;
    private final ArchiveDestination destination;
    private final Pacing pacing;

    private final byte[] buffer = new byte[PIECE_BYTES];
    private final Courtesy courtesy = new Courtesy();
    private final EntryNames names = new EntryNames();

    /** Where the first entry lists what has not come yet. */
    private final Map<String, Integer> awaited = new HashMap<>();

    private final Set<String> directories = new HashSet<>();

    private long told;

    Unpacking(ArchiveInput archive, ArchiveSummary expected, ArchiveDestination destination, Pacing pacing) {
        this.archive = archive;
        this.expected = expected;
        this.destination = destination;
        this.pacing = pacing;
    }

    ArchiveHeader run() throws IOException, InterruptedException {
        try {
            return unpackAll();
        } finally {
            destination.close();
        }
    }

    private ArchiveHeader unpackAll() throws IOException, InterruptedException {
        HeaderDocument document = readHeader();
        List<ArchivedFile> files = document.files();
        await(files);
        Checksums found = new Checksums(files.size());
        Optional<TarEntry> entry = archive.next();
        for (; entry.isPresent() && !isOwn(entry.orElseThrow(), Checksums.ENTRY); entry = archive.next()) {
            unpack(entry.orElseThrow(), files, found);
        }
        if (!awaited.isEmpty()) {
            String missing = awaited.keySet().stream().sorted().findFirst().orElseThrow();
            throw new CorruptArchiveException(
                    "file: " + EntryName.shown(missing) + " is missing (expected: what the header lists)");
        }
        compare(found, readChecksums(entry.orElseThrow(Unpacking::noChecksums), files.size()), files);
        if (archive.next().isPresent()) {
            throw noChecksums();
        }
        readTail();
        archive.verify();
        destination.sync();
        return document.header();
    }

    private HeaderDocument readHeader() throws IOException, InterruptedException {
        TarEntry entry = archive.next().orElseThrow(Unpacking::noHeader);
        if (!isOwn(entry, HeaderDocument.ENTRY)) {
            throw noHeader();
        }
        byte[] json = readOwn(entry, HeaderDocument.maxBytes(expected.entries()));
        archive.beginContent();
        return HeaderDocument.decode(json);
    }

    private Checksums readChecksums(TarEntry entry, int files) throws IOException, InterruptedException {
        return Checksums.decode(readOwn(entry, Checksums.maxBytes(files)), files);
    }

    private static boolean isOwn(TarEntry entry, String name) {
        return entry.name().equals(name) && !entry.directory();
    }

    /** Reads one of the archive's own entries. */
    private byte[] readOwn(TarEntry entry, int most) throws IOException, InterruptedException {
        if (entry.bytes() > most) {
            throw new CorruptArchiveException(
                    entry.name() + ": " + entry.bytes() + " bytes (expected: <= " + most + ")");
        }
        byte[] json = new byte[(int) entry.bytes()];
        pacing.before(Math.min(json.length, buffer.length));
        archive.readFully(json, json.length);
        tell();
        return json;
    }

    private static CorruptArchiveException noHeader() {
        return new CorruptArchiveException("first entry: another, or none (expected: " + HeaderDocument.ENTRY + ")");
    }

    private static CorruptArchiveException noChecksums() {
        return new CorruptArchiveException("last entry: another (expected: " + Checksums.ENTRY + ")");
    }

    private void await(List<ArchivedFile> files) throws CorruptArchiveException {
        if (files.size() != expected.entries()) {
            throw new CorruptArchiveException("entries: " + files.size() + " (expected: " + expected.entries() + ")");
        }
        for (ArchivedFile file : files) {
            try {
                names.add(file.name());
            } catch (IllegalArgumentException e) {
                throw new CorruptArchiveException(HeaderDocument.ENTRY + ": " + e.getMessage(), e);
            }
            awaited.put(file.name().value(), awaited.size());
        }
    }

    private void unpack(TarEntry entry, List<ArchivedFile> files, Checksums found)
            throws IOException, InterruptedException {
        if (entry.directory()) {
            passDirectory(entry);
            return;
        }
        Integer position = awaited.remove(entry.name()); // One that is listed need not be looked at again.
        if (position == null) {
            throw new CorruptArchiveException(
                    "file: " + name(entry.name()) + " is there twice, or not listed (expected: what the header lists)");
        }
        ArchivedFile file = files.get(position);
        if (entry.bytes() != file.bytes()) {
            throw new CorruptArchiveException(
                    "file: " + file.name() + " has " + entry.bytes() + " bytes (expected: " + file.bytes() + ")");
        }
        found.set(position, copy(file));
    }

    private static void compare(Checksums found, Checksums listed, List<ArchivedFile> files)
            throws CorruptArchiveException {
        OptionalInt damaged = found.firstDifference(listed);
        if (damaged.isPresent()) {
            EntryName name = files.get(damaged.orElseThrow()).name();
            throw new CorruptArchiveException("file: " + name + " is damaged (expected: its CRC32C)");
        }
    }

    /** Lets a directory pass that leads to a file. It is created with the file. */
    private void passDirectory(TarEntry entry) throws CorruptArchiveException {
        EntryName name = name(
                entry.name().endsWith("/")
                        ? entry.name().substring(0, entry.name().length() - 1)
                        : entry.name());
        if (entry.bytes() != 0 || !names.isDirectory(name.value()) || !directories.add(name.value())) {
            throw new CorruptArchiveException(
                    "directory: " + name + " (expected: once, and only one that leads to a file)");
        }
    }

    private static EntryName name(String name) throws CorruptArchiveException {
        try {
            return new EntryName(name);
        } catch (IllegalArgumentException e) {
            throw new CorruptArchiveException(String.valueOf(e.getMessage()), e);
        }
    }

    private int copy(ArchivedFile file) throws IOException, InterruptedException {
        CRC32C crc = new CRC32C();
        try (OutputStream out = destination.create(file.name())) {
            for (long left = file.bytes(); left > 0; ) {
                int piece = (int) Math.min(buffer.length, left);
                pacing.before(piece);
                archive.readFully(buffer, piece);
                crc.update(buffer, 0, piece);
                out.write(buffer, 0, piece);
                left -= piece;
                tell();
                courtesy.moved(piece);
            }
        }
        return (int) crc.getValue();
    }

    private void readTail() throws IOException, InterruptedException {
        long from = archive.rawBytes();
        do {
            pacing.before(TarHeader.BYTES);
        } while (archive.readTail(buffer));
        if (archive.rawBytes() - from < TarHeader.BYTES) {
            throw new CorruptArchiveException("tar: cut short (expected: two blocks of zeros at its end)");
        }
        tell();
    }

    private void tell() {
        pacing.after(archive.rawBytes() - told);
        told = archive.rawBytes();
    }
}
