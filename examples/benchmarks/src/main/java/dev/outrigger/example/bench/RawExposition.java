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

    private final List<byte[]> heads = new ArrayList<>();
    private final byte[][][] starts;
    private final byte[] out = new byte[PIECE_BYTES + LONGEST_LINE];
    private final ManySeries series;
    private int length;
    private int written;

    RawExposition(ManySeries series) {
        this.series = series;
        this.starts = new byte[ManySeries.FAMILIES][ManySeries.PER_FAMILY][];
        for (int family = 0; family < ManySeries.FAMILIES; family++) {
            String name = ManySeries.name(family);
            heads.add(ascii("# HELP " + name + " " + ManySeries.HELP + "\n# TYPE " + name + " gauge\n"));
            for (int index = 0; index < ManySeries.PER_FAMILY; index++) {
                starts[family][index] = ascii(name + ManySeries.labels(index) + " ");
            }
        }
    }

    /** Writes everything, a piece at a time, and returns the number of bytes. */
    int write(Consumer<byte[]> reader) {
        written = 0;
        for (int family = 0; family < ManySeries.FAMILIES; family++) {
            put(heads.get(family));
            for (int index = 0; index < ManySeries.PER_FAMILY; index++) {
                put(starts[family][index]);
                putThousandths(series.thousandths(family, index));
                out[length++] = '\n';
                if (length >= PIECE_BYTES) {
                    flush(reader);
                }
            }
        }
        flush(reader);
        return written;
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

    private void put(byte[] bytes) {
        System.arraycopy(bytes, 0, out, length, bytes.length);
        length += bytes.length;
    }

    private void putThousandths(long thousandths) {
        putDigits(thousandths / 1000);
        int rest = (int) (thousandths % 1000);
        if (rest != 0) {
            out[length++] = '.';
            out[length++] = (byte) ('0' + rest / 100);
            if (rest % 100 != 0) {
                out[length++] = (byte) ('0' + rest / 10 % 10);
                if (rest % 10 != 0) {
                    out[length++] = (byte) ('0' + rest % 10);
                }
            }
        }
    }

    private void putDigits(long number) {
        int digits = 1;
        for (long left = number / 10; left > 0; left /= 10) {
            digits++;
        }
        length += digits;
        int at = length;
        long left = number;
        do {
            at--;
            out[at] = (byte) ('0' + left % 10);
            left /= 10;
        } while (left > 0);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
