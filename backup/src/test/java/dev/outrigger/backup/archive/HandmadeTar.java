package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A tar that is made byte by byte, and sealed with hashes that are right: whoever refuses it refuses what is in it. What the entries hold
 * is listed in front and its checksums at the end, unless the test says otherwise.
 */
final class HandmadeTar {

    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<String> listed = new ArrayList<>();
    private final List<String> checksums = new ArrayList<>();

    private byte[] first;
    private byte[] last;
    private byte[] end = new byte[1024];
    private long entries = -1;

    /** Adds a file, and lists it. */
    HandmadeTar file(String name, String text) {
        return list(name, text).block(name, '0', text.getBytes(UTF_8));
    }

    /** Lists a file without adding it. */
    HandmadeTar list(String name, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return listRaw(
                "{\"path\":\"%s\",\"bytes\":%d}".formatted(name, bytes.length), "%08x".formatted(crc.getValue()));
    }

    HandmadeTar listRaw(String json, String crc32c) {
        listed.add(json);
        checksums.add("\"" + crc32c + "\"");
        return this;
    }

    /** Adds a header and what stands behind it, as they are. */
    HandmadeTar block(String name, char type, byte[] data) {
        return bytes(header(name, type, data.length)).bytes(Arrays.copyOf(data, (data.length + 511) / 512 * 512));
    }

    HandmadeTar bytes(byte[] bytes) {
        content.writeBytes(bytes);
        return this;
    }

    /** Adds a PAX header. */
    HandmadeTar pax(String... keysAndValues) {
        StringBuilder records = new StringBuilder();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            String rest = " " + keysAndValues[i] + "=" + keysAndValues[i + 1] + "\n";
            int length = rest.getBytes(UTF_8).length;
            int digits = Integer.toString(length + 2).length();
            records.append(length + Integer.toString(length + digits).length()).append(rest);
        }
        return block("PaxHeaders/x", 'x', records.toString().getBytes(UTF_8));
    }

    /** Puts something else in front than the archive's own entry. */
    HandmadeTar first(byte[] entry) {
        first = entry;
        return this;
    }

    /** Puts something else behind the files than the archive's own entry. */
    HandmadeTar last(byte[] entry) {
        last = entry;
        return this;
    }

    HandmadeTar end(byte[] bytes) {
        end = bytes;
        return this;
    }

    /** Expects another number of files than are listed. */
    HandmadeTar expecting(long files) {
        entries = files;
        return this;
    }

    /** The first entry with another document. */
    static byte[] document(String json) {
        return entry(HeaderDocument.ENTRY, json);
    }

    /** The last entry with another document. */
    static byte[] checksums(String json) {
        return entry(Checksums.ENTRY, json);
    }

    private static byte[] entry(String name, String json) {
        byte[] bytes = json.getBytes(UTF_8);
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(header(name, '0', bytes.length));
        entry.writeBytes(Arrays.copyOf(bytes, (bytes.length + 511) / 512 * 512));
        return entry.toByteArray();
    }

    static byte[] header(String name, char type, long size) {
        byte[] block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000600\0");
        put(block, 108, "0000000\0");
        put(block, 116, "0000000\0");
        put(block, 124, "%011o\0".formatted(size));
        put(block, 136, "00000000000\0");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        return summed(block);
    }

    /** The block with its checksum. */
    static byte[] summed(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    static void put(byte[] block, int offset, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, block.length - offset));
    }

    String json() {
        return """
                {"format_version":1,"product":"p","product_version":"1","created_at":"2026-11-21T10:15:30.123Z",\
                "compression":"zstd","shard":{"id":0,"node_id":"n","table":"t"},"files":[%s]}""".formatted(String.join(",", listed));
    }

    String checksumsJson() {
        return "{\"crc32c\":[%s]}".formatted(String.join(",", checksums));
    }

    byte[] raw() {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.writeBytes(first == null ? document(json()) : first);
        raw.writeBytes(content.toByteArray());
        raw.writeBytes(last == null ? checksums(checksumsJson()) : last);
        raw.writeBytes(end);
        return raw.toByteArray();
    }

    /** The archive, as the manifest would describe it if it were a good one. */
    SealedArchive seal() throws Exception {
        return seal(compress(raw()));
    }

    /** The same with a zstd stream of the test's own. */
    SealedArchive seal(byte[] compressed) throws Exception {
        byte[] raw = raw();
        int contentBegins = first == null ? document(json()).length : first.length;
        byte[] rest = Arrays.copyOfRange(raw, contentBegins, raw.length);
        long files = entries < 0 ? listed.size() : entries;
        return new SealedArchive(
                compressed, new ArchiveSummary(compressed.length, sha256(compressed), raw.length, files, sha256(rest)));
    }

    static byte[] compress(byte[] raw) {
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            return zstd.setLevel(Zstd.defaultCompressionLevel())
                    .setChecksum(true)
                    .compress(raw);
        }
    }

    static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
