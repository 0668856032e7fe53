package dev.outrigger.example.kv.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Splits a request that was typed as a line: by blanks, with Redis' quotes ({@code "a\x00\n"} and {@code 'it\'s'}).
 *
 * <p>Made for one line, used once.
 */
final class InlineRequest {

    private static final char END = '\uffff';

    private final String line;
    private int at;

    InlineRequest(String line) {
        this.line = line;
    }

    /** Returns the parts, none for a blank line; empty where the quotes do not match. */
    Optional<List<byte[]>> split() {
        List<byte[]> parts = new ArrayList<>();
        for (skipBlanks(); peek() != END; skipBlanks()) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            if (!readPart(part)) {
                return Optional.empty();
            }
            parts.add(part.toByteArray());
        }
        return Optional.of(parts);
    }

    private boolean readPart(ByteArrayOutputStream part) {
        while (peek() != END && !isBlank(peek())) {
            char quote = peek();
            if (quote == '"' || quote == '\'') {
                at++;
                return readQuoted(quote, part) && (peek() == END || isBlank(peek()));
            }
            write(part);
        }
        return true;
    }

    private boolean readQuoted(char quote, ByteArrayOutputStream part) {
        while (peek() != END) {
            if (peek() == quote) {
                at++;
                return true;
            }
            if (peek() == '\\' && at + 1 < line.length()) {
                at++;
                readEscape(quote, part);
            } else {
                write(part);
            }
        }
        return false;
    }

    private void readEscape(char quote, ByteArrayOutputStream part) {
        if (quote == '\'' && peek() != '\'') {
            part.write('\\');
            write(part);
        } else if (quote == '"' && peek() == 'x' && hexDigits() >= 0) {
            part.write(hexDigits());
            at += 3;
        } else if (quote == '"' && "nrtba".indexOf(peek()) >= 0) {
            part.write("\n\r\t\b\u0007".charAt("nrtba".indexOf(peek())));
            at++;
        } else {
            write(part);
        }
    }

    private int hexDigits() {
        if (at + 2 >= line.length()) {
            return -1;
        }
        int high = Character.digit(line.charAt(at + 1), 16);
        int low = Character.digit(line.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private void write(ByteArrayOutputStream part) {
        int character = line.codePointAt(at);
        part.writeBytes(Character.toString(character).getBytes(UTF_8));
        at += Character.charCount(character);
    }

    private void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    private char peek() {
        return at < line.length() ? line.charAt(at) : END;
    }

    private static boolean isBlank(char character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }
}
