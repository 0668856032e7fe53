package dev.outrigger.example.kv.store;

/**
 * One of the 1,024 slots that keys hash to: the CRC16 that Redis Cluster uses, modulo 1,024.
 *
 * <p>Where a key holds a hash tag, a non-empty part between the first <code>{</code> and the next <code>}</code>, only the
 * tag is hashed, so that related keys share a slot. Since 1,024 divides Redis' 16,384, two keys that share a slot in a Redis
 * Cluster share one here.
 *
 * @param number from 0 to 1,023
 * @see <a href="https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/">Redis cluster specification</a>
 */
public record HashSlot(int number) {

    /** How many slots there are in the whole system. */
    public static final int COUNT = 1024;

    private static final int POLYNOMIAL = 0x1021;
    private static final short[] CRC16 = crc16Table();

    public HashSlot {
        if (number < 0 || number >= COUNT) {
            throw new IllegalArgumentException("slot: " + number + " (expected: 0 to " + (COUNT - 1) + ")");
        }
    }

    /** Returns the slot of a key, which may be empty. */
    public static HashSlot of(byte[] key) {
        int open = indexOf(key, '{', 0);
        int close = open < 0 ? -1 : indexOf(key, '}', open + 1);
        boolean tagged = close > open + 1;
        return new HashSlot(tagged ? hash(key, open + 1, close) : hash(key, 0, key.length));
    }

    private static int hash(byte[] bytes, int from, int to) {
        int crc = 0;
        for (int i = from; i < to; i++) {
            crc = (crc << 8) ^ CRC16[((crc >>> 8) ^ bytes[i]) & 0xff];
        }
        return crc & (COUNT - 1);
    }

    private static int indexOf(byte[] bytes, char wanted, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static short[] crc16Table() {
        short[] table = new short[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
            table[i] = (short) crc;
        }
        return table;
    }
}
