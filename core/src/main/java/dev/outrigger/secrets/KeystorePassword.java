package dev.outrigger.secrets;

import dev.outrigger.secrets.SecretStoreException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a keystore's password comes from. It is asked for when the keystore is opened, and again when the file has been
 * replaced by one with another salt; the characters handed out are wiped after each use.
 *
 * <p>Safe for use by any thread.
 */
public final class KeystorePassword {

    private static final int MAX_FILE_BYTES = 4096;

    private final String origin;
    private final Supplier<char[]> source;
    private final Runnable wipe;

    private KeystorePassword(String origin, Supplier<char[]> source, Runnable wipe) {
        this.origin = origin;
        this.source = source;
        this.wipe = wipe;
    }

    /**
     * A password that the host knows. It is copied, so the caller may wipe its own; the copy is kept until the keystore is
     * closed.
     *
     * @throws IllegalArgumentException if it is empty
     */
    public static KeystorePassword of(char[] password) {
        if (password.length == 0) {
            throw new IllegalArgumentException("password: empty (expected: at least one character)");
        }
        char[] own = password.clone();
        return new KeystorePassword("given", own::clone, () -> Arrays.fill(own, '\0'));
    }

    /**
     * A password in a file, in UTF-8 and without the line break that an editor leaves at its end. Not kept: the file is read
     * when the password is needed.
     */
    public static KeystorePassword fromFile(Path file) {
        return new KeystorePassword("file " + file, () -> readFile(file), () -> {});
    }

    /** A password in an environment variable, which the process keeps in any case. */
    public static KeystorePassword fromEnvironment(String variable) {
        return new KeystorePassword("variable " + variable, () -> characters(System.getenv(variable)), () -> {});
    }

    /**
     * The password, for the caller to wipe.
     *
     * @throws SecretStoreException if there is none
     */
    char[] read() {
        char[] password = source.get();
        if (password.length == 0) {
            throw new SecretStoreException(
                    Reason.WRONG_PASSWORD, "keystore password (" + origin + "): missing, empty or unreadable");
        }
        return password;
    }

    /** Forgets what is kept of it. */
    void wipe() {
        wipe.run();
    }

    private static char[] characters(@Nullable String text) {
        return text == null ? new char[0] : text.toCharArray();
    }

    private static char[] readFile(Path file) {
        byte[] bytes = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            return bytes.length > MAX_FILE_BYTES ? new char[0] : decode(bytes);
        } catch (IOException e) {
            return new char[0]; // Like an empty file: there is no password to be had.
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static char[] decode(byte[] utf8) throws CharacterCodingException {
        CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
        int length = decoded.remaining();
        if (length > 0 && decoded.get(length - 1) == '\n') {
            length--;
        }
        if (length > 0 && decoded.get(length - 1) == '\r') {
            length--;
        }
        char[] password = new char[length];
        decoded.get(password);
        Arrays.fill(decoded.array(), '\0');
        return password;
    }

    /** Says where the password comes from, not what it is. */
    @Override
    public String toString() {
        return "KeystorePassword[" + origin + "]";
    }
}
