package dev.outrigger.example.kv;

import static java.util.Objects.requireNonNull;

import dev.outrigger.http.BearerAuth;
import dev.outrigger.http.CertificateAuth;
import dev.outrigger.http.IpAllowlist;
import dev.outrigger.http.Right;
import dev.outrigger.netty.OpsSidecarBuilder;
import dev.outrigger.netty.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Who may call a node's sidecar, and how.
 *
 * @param token what its privileged routes ask for; without any of the first three nobody is asked
 * @param tokenFile holds further tokens
 * @param clientAuthorities vouch for clients' certificates, which may then read
 * @param certificate with the key what the sidecar speaks TLS with; without, it speaks plain HTTP
 * @param key of the certificate
 * @param allowed the addresses that may call at all; empty for everybody
 */
public record SidecarAccess(
        Optional<String> token,
        Optional<Path> tokenFile,
        Optional<Path> clientAuthorities,
        Optional<Path> certificate,
        Optional<Path> key,
        List<String> allowed) {

    /** Everybody who reaches the port, in plain text. */
    public static final SidecarAccess OPEN = new SidecarAccess(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    public SidecarAccess {
        requireNonNull(token, "token");
        requireNonNull(tokenFile, "tokenFile");
        requireNonNull(clientAuthorities, "clientAuthorities");
        if (certificate.isPresent() != key.isPresent()) {
            throw new IllegalArgumentException("--tls-cert, --tls-key: only one of them (expected: both or neither)");
        }
        if (clientAuthorities.isPresent() && certificate.isEmpty()) {
            throw new IllegalArgumentException("--tls-client-ca: without TLS (expected: --tls-cert and --tls-key too)");
        }
        allowed = List.copyOf(allowed);
    }

    /** The same with a token that everything is allowed to. */
    public SidecarAccess withToken(String newToken) {
        return new SidecarAccess(Optional.of(newToken), tokenFile, clientAuthorities, certificate, key, allowed);
    }

    /**
     * Takes it out of a command line.
     *
     * @throws UsageException if an option is not usable
     */
    public static SidecarAccess parse(CommandLine line) throws UsageException {
        Optional<String> token = line.text("--token");
        try {
            token.ifPresent(value -> BearerAuth.of("operator", value, Right.WRITE));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--token: not usable (expected: letters, digits and -._~+/ only)");
        }
        try {
            return new SidecarAccess(
                    token,
                    line.path("--token-file"),
                    line.path("--tls-client-ca"),
                    line.path("--tls-cert"),
                    line.path("--tls-key"),
                    allowed(line.text("--allow")));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<String> allowed(Optional<String> ranges) throws UsageException {
        if (ranges.isEmpty()) {
            return List.of();
        }
        try {
            List<String> allowed = List.of(ranges.get().split(",", -1));
            IpAllowlist.of(allowed);
            return allowed;
        } catch (IllegalArgumentException e) {
            throw new UsageException("--allow: " + e.getMessage());
        }
    }

    /** Tells whether callers are asked who they are. */
    public boolean asksWho() {
        return token.isPresent() || tokenFile.isPresent() || clientAuthorities.isPresent();
    }

    /** Tells whether the sidecar speaks TLS. */
    public boolean isTls() {
        return certificate.isPresent();
    }

    /**
     * Tells a sidecar.
     *
     * @throws dev.outrigger.file.UnusableFileException if the file of tokens is missing or malformed
     */
    public void contributeTo(OpsSidecarBuilder builder) {
        Optional<BearerAuth> given = token.map(value -> BearerAuth.of("operator", value, Right.WRITE));
        Optional<BearerAuth> filed = tokenFile.map(BearerAuth::fromFile);
        Optional<BearerAuth> tokens =
                given.map(some -> filed.map(some::and).orElse(some)).or(() -> filed);
        tokens.ifPresent(builder::auth);
        if (clientAuthorities.isPresent()) {
            CertificateAuth readers = CertificateAuth.anyTrusted(Right.READ);
            tokens.ifPresentOrElse(some -> builder.auth(some.or(readers)), () -> builder.auth(readers));
        }
        if (certificate.isPresent() && key.isPresent()) {
            Tls tls = Tls.pem(certificate.get(), key.get());
            builder.tls(clientAuthorities.map(tls::trustClients).orElse(tls));
        }
        if (!allowed.isEmpty()) {
            builder.allow(allowed.toArray(String[]::new));
        }
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
        return "SidecarAccess[token=" + (token.isPresent() ? "set" : "none") + ", tokenFile=" + name(tokenFile)
                + ", clientAuthorities=" + name(clientAuthorities) + ", certificate=" + name(certificate) + ", key="
                + name(key) + ", allowed=" + allowed + "]";
    }

    private static String name(Optional<Path> file) {
        return file.map(Path::toString).orElse("none");
    }
}
