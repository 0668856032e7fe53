package dev.outrigger.http;

import dev.outrigger.file.UnusableFileException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads tokens as they stand in a file or in a variable: one {@code name right token} a line, or one token alone. Empty lines,
 * and those that begin with a hash, say nothing.
 */
final class TokenList {

    private static final Pattern BLANKS = Pattern.compile("[ \t]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:@/-]{1,64}");

    private TokenList() {}

    static List<BearerToken> parse(String bareName, byte[] content) {
        try {
            return parse(
                    bareName,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new UnusableFileException("not text in UTF-8");
        }
    }

    /**
     * Reads tokens.
     *
     * @param bareName the name of one that stands alone, whose right is to write
     * @throws UnusableFileException if there is none, or a line is malformed; without any of the text
     */
    static List<BearerToken> parse(String bareName, String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        long said = lines.stream().filter(TokenList::saysSomething).count();
        List<BearerToken> tokens = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (saysSomething(lines.get(i))) {
                tokens.add(token(i + 1, BLANKS.split(lines.get(i)), said == 1, bareName));
            }
        }
        if (tokens.isEmpty()) {
            throw new UnusableFileException("empty or blank (expected: a token, or lines of name, right, token)");
        }
        return List.copyOf(tokens);
    }

    private static boolean saysSomething(String line) {
        return !line.isEmpty() && !line.startsWith("#");
    }

    private static BearerToken token(int line, String[] words, boolean alone, String bareName) {
        if (words.length == 1 && alone) {
            return named(line, bareName, words[0], Right.WRITE);
        }
        if (words.length != 3 || !NAME.matcher(words[0]).matches()) {
            throw malformed(line);
        }
        return switch (words[1].toLowerCase(Locale.ROOT)) {
            case "read" -> named(line, words[0], words[2], Right.READ);
            case "write" -> named(line, words[0], words[2], Right.WRITE);
            default -> throw malformed(line);
        };
    }

    private static BearerToken named(int line, String name, String token, Right right) {
        try {
            return BearerToken.of(name, token, right);
        } catch (IllegalArgumentException e) {
            throw malformed(line);
        }
    }

    private static UnusableFileException malformed(int line) {
        return new UnusableFileException("line " + line
                + ": malformed (expected: name, read or write, and a token of letters, digits and ._~+/- only)");
    }
}
