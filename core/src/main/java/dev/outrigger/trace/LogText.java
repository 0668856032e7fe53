package dev.outrigger.trace;

/** Makes a text that came from elsewhere safe to stand in a log: on one line, inside its quotes, and not endless. */
public final class LogText {

    private static final int MAX_LENGTH = 256;

    private LogText() {}

    /**
     * The text with every character that could end a line or a quotation replaced by an underscore, cut after 256 characters.
     */
    public static String of(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "…" : text;
        return cut.chars().anyMatch(LogText::isUnsafe) ? replaced(cut) : cut;
    }

    private static String replaced(String text) {
        StringBuilder safe = new StringBuilder(text);
        for (int i = 0; i < safe.length(); i++) {
            if (isUnsafe(safe.charAt(i))) {
                safe.setCharAt(i, '_');
            }
        }
        return safe.toString();
    }

    private static boolean isUnsafe(int c) {
        return Character.isISOControl(c) || c == '"' || c == '\u2028' || c == '\u2029';
    }
}
