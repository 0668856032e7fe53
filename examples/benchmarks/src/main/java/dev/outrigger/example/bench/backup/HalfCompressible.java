package dev.outrigger.example.bench.backup;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * So many bytes of which half can be compressed: pages of 4 KiB that are random, as what is compressed or encrypted looks, take turns with
 * pages of records that differ in one word of eight. So zstd makes a little more than half of it. Made as they are read, faster than a disk
 * would give them; equal seeds give equal bytes. Not thread-safe.
 */
final class HalfCompressible extends InputStream {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PAGE_BYTES = 4 << 10;
    private static final int RECORD_BYTES = 64;
    private static final int WORD_BITS = 12;
    private static final long[] WORDS = words();

    private final byte[] pages = new byte[2 * PAGE_BYTES];
    private long state;
    private long left;
    private int next = pages.length;

    HalfCompressible(long seed, long bytes) {
        this.state = seed;
        this.left = bytes;
    }

    /** Seven letters and a space each. */
    private static long[] words() {
        SplittableRandom random = new SplittableRandom(7);
        long[] words = new long[1 << WORD_BITS];
        for (int i = 0; i < words.length; i++) {
            long word = ' ';
            for (int letter = 0; letter < 7; letter++) {
                word = word << 8 | 'a' + random.nextInt(26);
            }
            words[i] = word;
        }
        return words;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int wanted = (int) Math.min(length, left);
        for (int done = 0; done < wanted; ) {
            if (next == pages.length) {
                fill();
            }
            int part = Math.min(wanted - done, pages.length - next);
            System.arraycopy(pages, next, buffer, offset + done, part);
            next += part;
            done += part;
        }
        left -= wanted;
        return wanted;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private void fill() {
        for (int at = 0; at < PAGE_BYTES; at += Long.BYTES) {
            long random = nextRandom();
            LONGS.set(pages, at, random);
            int word =
                    at % RECORD_BYTES == 0 ? (int) (random >>> Long.SIZE - WORD_BITS) : at % RECORD_BYTES / Long.BYTES;
            LONGS.set(pages, PAGE_BYTES + at, WORDS[word]);
        }
        next = 0;
    }

    /** SplitMix64. */
    private long nextRandom() {
        state += 0x9e3779b97f4a7c15L;
        long mixed = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
