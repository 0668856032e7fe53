package dev.outrigger.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
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
    private final EntryNames names = new EntryNames();
    private final Map<String, ArchivedFile> awaited = new HashMap<>();
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
        await(document);
        for (Optional<TarEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
            unpack(entry.orElseThrow());
        }
        if (!awaited.isEmpty()) {
            String missing = awaited.keySet().stream().sorted().findFirst().orElseThrow();
            throw new CorruptArchiveException(
                    "file: " + EntryName.shown(missing) + " is missing (expected: what the header lists)");
        }
        readTail();
        archive.verify();
        destination.sync();
        return document.header();
    }

    private HeaderDocument readHeader() throws IOException, InterruptedException {
        TarEntry entry = archive.next().orElseThrow(Unpacking::noHeader);
        if (!entry.name().equals(HeaderDocument.ENTRY) || entry.directory()) {
            throw noHeader();
        }
        int most = HeaderDocument.maxBytes(expected.entries());
        if (entry.bytes() > most) {
            throw new CorruptArchiveException(
                    HeaderDocument.ENTRY + ": " + entry.bytes() + " bytes (expected: <= " + most + ")");
        }
        byte[] json = new byte[(int) entry.bytes()];
        pacing.before(Math.min(json.length, buffer.length));
        archive.readFully(json, json.length);
        archive.beginContent();
        tell();
        return HeaderDocument.decode(json);
    }

    private static CorruptArchiveException noHeader() {
        return new CorruptArchiveException("first entry: another, or none (expected: " + HeaderDocument.ENTRY + ")");
    }

    private void await(HeaderDocument document) throws CorruptArchiveException {
        if (document.files().size() != expected.entries()) {
            throw new CorruptArchiveException(
                    "entries: " + document.files().size() + " (expected: " + expected.entries() + ")");
        }
        for (ArchivedFile file : document.files()) {
            try {
                names.add(file.name());
            } catch (IllegalArgumentException e) {
                throw new CorruptArchiveException(HeaderDocument.ENTRY + ": " + e.getMessage(), e);
            }
            awaited.put(file.name().value(), file);
        }
    }

    private void unpack(TarEntry entry) throws IOException, InterruptedException {
        if (entry.directory()) {
            passDirectory(entry);
            return;
        }
        ArchivedFile file = awaited.remove(entry.name()); // One that is listed need not be looked at again.
        if (file == null) {
            throw new CorruptArchiveException(
                    "file: " + name(entry.name()) + " is there twice, or not listed (expected: what the header lists)");
        }
        EntryName name = file.name();
        if (entry.bytes() != file.bytes()) {
            throw new CorruptArchiveException(
                    "file: " + name + " has " + entry.bytes() + " bytes (expected: " + file.bytes() + ")");
        }
        if (copy(file) != file.crc32c()) {
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

    private long copy(ArchivedFile file) throws IOException, InterruptedException {
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
            }
        }
        return crc.getValue();
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
