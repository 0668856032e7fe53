package dev.outrigger.backup.location;

import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import software.amazon.awssdk.core.sync.RequestBody;

/** The bytes of one request, which may be sent again. No larger than what it holds needs, and used anew for the next. */
final class PartBuffer {

    private static final int FIRST_CAPACITY = 64 * 1024;

    private byte[] bytes;
    private int length;

    PartBuffer() {
        this.bytes = new byte[FIRST_CAPACITY];
    }

    private PartBuffer(byte[] content) {
        this.bytes = content;
        this.length = content.length;
    }

    /** Returns a buffer of just this, which it does not copy. */
    static PartBuffer of(byte[] content) {
        return new PartBuffer(content);
    }

    int length() {
        return length;
    }

    /** Appends as much as there is room for below a limit, and returns how much that was. */
    int append(byte[] source, int offset, int count, int limit) {
        int taken = Math.min(count, limit - length);
        if (length + taken > bytes.length) {
            int doubled = (int) Math.min(2L * bytes.length, limit);
            bytes = Arrays.copyOf(bytes, Math.max(doubled, length + taken));
        }
        System.arraycopy(source, offset, bytes, length, taken);
        length += taken;
        return taken;
    }

    void clear() {
        length = 0;
    }

    /** Returns the value of {@code Content-MD5}. */
    String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(bytes, 0, length);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is part of every Java platform", e);
        }
    }

    /** Returns the bytes as they are now, not copied, as often as they are asked for. */
    RequestBody body() {
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(bytes, 0, length), length, "application/octet-stream");
    }
}
