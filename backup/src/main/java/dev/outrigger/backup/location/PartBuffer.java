package dev.outrigger.backup.location;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The bytes of one request, which may be sent again. Kept in pieces, so that it is never larger than what it holds, and is not copied when
 * it grows; used anew for the next request. Used by one thread.
 */
final class PartBuffer {

    private static final int PIECE = 256 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private final int pieceBytes;
    private int length;

    PartBuffer() {
        this.pieceBytes = PIECE;
    }

    private PartBuffer(byte[] content) {
        this.pieceBytes = Math.max(content.length, 1);
        this.length = content.length;
        pieces.add(content);
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
        for (int copied = 0; copied < taken; ) {
            int at = length % pieceBytes;
            int step = Math.min(taken - copied, pieceBytes - at);
            System.arraycopy(source, offset + copied, piece(length / pieceBytes), at, step);
            copied += step;
            length += step;
        }
        return taken;
    }

    private byte[] piece(int index) {
        if (index == pieces.size()) {
            pieces.add(new byte[pieceBytes]);
        }
        return pieces.get(index);
    }

    /** Forgets what it holds, and keeps the memory for what comes next. */
    void clear() {
        length = 0;
    }

    /** Returns the value of {@code Content-MD5}. */
    String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (int at = 0; at < length; at += pieceBytes) {
                digest.update(pieces.get(at / pieceBytes), 0, Math.min(pieceBytes, length - at));
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is part of every Java platform", e);
        }
    }

    /** Returns the bytes as they are now, not copied, as often as they are asked for. */
    RequestBody body() {
        return RequestBody.fromContentProvider(Content::new, length, "application/octet-stream");
    }

    /** Reads the bytes from the beginning. */
    private final class Content extends InputStream {

        private int position;

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) {
            if (count == 0) {
                return 0;
            }
            if (position == length) {
                return -1;
            }
            int at = position % pieceBytes;
            int step = Math.min(Math.min(count, length - position), pieceBytes - at);
            System.arraycopy(pieces.get(position / pieceBytes), at, target, offset, step);
            position += step;
            return step;
        }
    }
}
