package dev.outrigger.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Knows callers by a bearer token (RFC 6750) in the one {@code Authorization} header they send. Immutable.
 *
 * <p>Several tokens may be valid at once, so that one can be replaced without a gap. A token is compared with all of them,
 * hashed, in a time that tells neither which one fitted nor how far.
 */
public final class BearerAuth implements Authenticator {

    /** The characters of a token in RFC 6750, section 2.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private static final String SCHEME = "bearer ";

    private final List<Token> tokens;

    private BearerAuth(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Accepts one token. */
    public static BearerAuth of(String name, String token, Right right) {
        return new BearerAuth(List.of(Token.of(name, token, right)));
    }

    /** Accepts one more token. */
    public BearerAuth and(String name, String token, Right right) {
        List<Token> extended = new ArrayList<>(tokens);
        extended.add(Token.of(name, token, right));
        return new BearerAuth(List.copyOf(extended));
    }

    @Override
    public Optional<Principal> authenticate(Request head) {
        List<String> credentials = head.headers("Authorization");
        if (credentials.size() != 1 || !credentials.get(0).regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        byte[] presented = sha256(credentials.get(0).substring(SCHEME.length()));
        Optional<Principal> caller = Optional.empty();
        for (Token token : tokens) {
            if (MessageDigest.isEqual(token.digest, presented)) {
                caller = Optional.of(token.principal);
            }
        }
        return caller;
    }

    private static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }

    /** A token as it is kept: only its digest, so that no log, dump or {@code toString} can give it away. */
    private record Token(Principal principal, byte[] digest) {

        static Token of(String name, String token, Right right) {
            if (!TOKEN.matcher(token).matches()) {
                throw new IllegalArgumentException(
                        "token '" + name + "': blank or malformed (expected: letters, digits and ._~+/- only)");
            }
            return new Token(new Principal(name, right), sha256(token));
        }
    }
}
