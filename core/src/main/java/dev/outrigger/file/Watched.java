package dev.outrigger.file;

/**
 * Something made of files, which is made anew when their content changes.
 *
 * <p>One thread looks; any thread may ask.
 */
public interface Watched {

    /** What it is, in logs and metrics: never a path of the machine. */
    String name();

    /**
     * Compares the files with what was made of them, and makes it anew if they differ. May block. What cannot be used changes
     * nothing but {@link #isStale()}; it is logged once, and not at each look.
     */
    void look();

    /** Tells whether what is in use is not what the files now say, since that cannot be used. */
    boolean isStale();

    /** How often, since the process started, the files came to say something that cannot be used. */
    long failures();
}
