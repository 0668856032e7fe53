package dev.outrigger.example.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The cheapest way to the bytes of an exposition: everything but the values lies ready, and how the values are to be written is
 * known beforehand. Nothing general can be faster; it is the floor that others are measured by.
 */
final class RawExposition {

    private static final int PIECE_BYTES = 32 * 1024;
    private static final int LONGEST_LINE = 256;
    private static final byte[] TENS = digitsOfPairs(10);
    private static final byte[] ONES = digitsOfPairs(1);
    private static final int[] POWERS = {
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    private final List<byte[]> heads = new ArrayList<>();

    /** What stands before the values of a family's lines, one behind the other, and where each of them ends. */
    private final byte[][] starts = new byte[ManySeries.FAMILIES][];

    private final int[][] ends = new int[ManySeries.FAMILIES][ManySeries.PER_FAMILY];
    private final byte[] out = new byte[PIECE_BYTES + LONGEST_LINE];
    private final ManySeries series;
    private int length;
    private int written;

    RawExposition(ManySeries series) {
        this.series = series;
        for (int family = 0; family < ManySeries.FAMILIES; family++) {
            String name = ManySeries.name(family);
            heads.add(ascii("# HELP " + name + " " + ManySeries.HELP + "\n# TYPE " + name + " gauge\n"));
            StringBuilder text = new StringBuilder();
            for (int index = 0; index < ManySeries.PER_FAMILY; index++) {
                text.append(name).append(ManySeries.labels(index)).append(' ');
                ends[family][index] = text.length();
            }
            starts[family] = ascii(text.toString());
        }
    }

    /** Writes everything, a piece at a time, and returns the number of bytes. */
    int write(Consumer<byte[]> reader) {
        written = 0;
        for (int family = 0; family < ManySeries.FAMILIES; family++) {
            length = put(heads.get(family), length);
            writeFamily(family, reader);
        }
        flush(reader);
        return written;
    }

    private void writeFamily(int family, Consumer<byte[]> reader) {
        byte[] text = starts[family];
        int from = 0;
        for (int index = 0; index < ManySeries.PER_FAMILY; index++) {
            int to = ends[family][index];
            System.arraycopy(text, from, out, length, to - from);
            length = putValue(series.thousandths(family, index), length + to - from);
            from = to;
            if (length >= PIECE_BYTES) {
                flush(reader);
            }
        }
    }

    private void flush(Consumer<byte[]> reader) {
        reader.accept(out);
        written += length;
        length = 0;
    }

    /** The bytes of the piece that a reader is shown. */
    int length() {
        return length;
    }

    private int put(byte[] bytes, int at) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    private int putValue(long thousandths, int from) {
        int at = putDigits((int) (thousandths / 1000), from);
        int rest = (int) (thousandths % 1000);
        if (rest != 0) {
            out[at++] = '.';
            out[at++] = (byte) ('0' + rest / 100);
            if (rest % 100 != 0) {
                out[at++] = (byte) ('0' + rest / 10 % 10);
                if (rest % 10 != 0) {
                    out[at++] = (byte) ('0' + rest % 10);
                }
            }
        }
        out[at] = '\n';
        return at + 1;
    }

    /** Two digits at a time, like Java's own conversion. */
    private int putDigits(int number, int from) {
        int end = from + digits(number);
        int at = end;
        int left = number;
        while (left >= 100) {
            int rest = left / 100;
            int pair = left - rest * 100;
            out[--at] = ONES[pair];
            out[--at] = TENS[pair];
            left = rest;
        }
        out[--at] = ONES[left];
        if (left >= 10) {
            out[--at] = TENS[left];
        }
        return end;
    }

    private static int digits(int number) {
        int digits = 1;
        while (digits < POWERS.length && number >= POWERS[digits]) {
            digits++;
        }
        return digits;
    }

    private static byte[] digitsOfPairs(int divisor) {
        byte[] digits = new byte[100];
        for (int pair = 0; pair < digits.length; pair++) {
            digits[pair] = (byte) ('0' + pair / divisor % 10);
        }
        return digits;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
