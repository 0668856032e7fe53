package dev.outrigger.health;

/** Counts results in a row, and changes its mind after {@code fall} bad or {@code rise} good ones. One thread. */
final class Streak {

    private final int fall;
    private final int rise;
    private Standing standing = Standing.UNKNOWN;
    private boolean lastGood;
    private int inARow;

    Streak(int fall, int rise) {
        this.fall = fall;
        this.rise = rise;
    }

    enum Standing {
        UNKNOWN,
        GOOD,
        FAILED
    }

    Standing standing() {
        return standing;
    }

    void add(boolean good) {
        inARow = good == lastGood ? inARow + 1 : 1;
        lastGood = good;
        if (inARow >= (good ? rise : fall)) {
            standing = good ? Standing.GOOD : Standing.FAILED;
            // Held here, so that years of results in a row do not overflow.
            inARow = Math.max(rise, fall);
        }
    }

    /** Fails at once, whatever {@code fall} says: there is no result to count. */
    void fail() {
        standing = Standing.FAILED;
        lastGood = false;
        inARow = fall;
    }
}
