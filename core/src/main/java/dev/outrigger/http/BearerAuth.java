package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import dev.outrigger.file.UnusableFileException;
import dev.outrigger.file.Watched;
import dev.outrigger.file.WatchedFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by a bearer token (RFC 6750) in the one {@code Authorization} header they send.
 *
 * <p>Several tokens may be valid at once, so that one can be replaced without a gap. A token is compared with all of them,
 * hashed, in a time that tells neither which one fitted nor how far. Safe for any thread; {@link #and} gives another one.
 *
 * <p>A file, or a variable of the environment, holds lines of
 *
 * <pre>{@code
 * # name    right  token
 * prometheus read  qX2f0Z…
 * operator   write 7hSb1A…
 * }</pre>
 *
 * or nothing but one token, which then has the right to write and the name of the file or variable. The sidecar compares
 * files by content every 5 s. One that becomes empty, unreadable or malformed changes nothing, with a warning and a metric, so
 * that authentication never turns itself off.
 */
public final class BearerAuth implements Authenticator {

    private static final String SCHEME = "bearer ";

    private final List<Supplier<List<BearerToken>>> sources;
    private final List<Watched> watched;

    private BearerAuth(List<Supplier<List<BearerToken>>> sources, List<Watched> watched) {
        this.sources = List.copyOf(sources);
        this.watched = List.copyOf(watched);
    }

    /**
     * Accepts one token.
     *
     * @param name who shows it, for logs
     * @throws IllegalArgumentException if the token is blank, or has a character that RFC 6750 leaves out
     */
    public static BearerAuth of(String name, String token, Right right) {
        return fixed(List.of(BearerToken.of(name, token, right)));
    }

    /**
     * Accepts the tokens in a file, and those that it will hold later.
     *
     * @throws UnusableFileException if the file is missing, unreadable, blank or malformed
     */
    public static BearerAuth fromFile(Path file) {
        String bareName = String.valueOf(requireNonNull(file, "file").getFileName());
        WatchedFiles<List<BearerToken>> content =
                WatchedFiles.read("tokens", List.of(file), contents -> TokenList.parse(bareName, contents.get(0)));
        return new BearerAuth(List.of(content::current), List.of(content));
    }

    /**
     * Accepts the tokens in a variable of the process's environment, which is read now.
     *
     * @throws UnusableFileException if the variable is not set, blank or malformed
     */
    public static BearerAuth fromEnvironment(String variable) {
        return fromEnvironment(variable, System::getenv);
    }

    static BearerAuth fromEnvironment(String variable, UnaryOperator<@Nullable String> environment) {
        String text = environment.apply(requireNonNull(variable, "variable"));
        if (text == null) {
            throw new UnusableFileException("tokens in $" + variable + ": not set (expected: a token)");
        }
        try {
            return fixed(TokenList.parse(variable, text));
        } catch (UnusableFileException e) {
            throw new UnusableFileException("tokens in $" + variable + ": " + e.getMessage());
        }
    }

    private static BearerAuth fixed(List<BearerToken> tokens) {
        return new BearerAuth(List.of(() -> tokens), List.of());
    }

    /**
     * Accepts one more token.
     *
     * @throws IllegalArgumentException as {@link #of} does
     */
    public BearerAuth and(String name, String token, Right right) {
        return and(of(name, token, right));
    }

    /** Accepts all that another one accepts too. */
    public BearerAuth and(BearerAuth other) {
        return new BearerAuth(joined(sources, other.sources), joined(watched, other.watched));
    }

    private static <T> List<T> joined(List<T> some, List<T> more) {
        List<T> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Override
    public Optional<Principal> authenticate(Request head) {
        List<String> credentials = head.headers("Authorization");
        if (credentials.size() != 1 || !credentials.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] presented = BearerToken.digestOf(credentials.get(0).substring(SCHEME.length()));
        Optional<Principal> caller = Optional.empty();
        for (Supplier<List<BearerToken>> source : sources) {
            for (BearerToken token : source.get()) { // All of them, so that the time tells nothing.
                if (token.fits(presented)) {
                    caller = Principal.mightier(caller, token.principal());
                }
            }
        }
        return caller;
    }

    @Override
    public List<Watched> watched() {
        return watched;
    }
}
