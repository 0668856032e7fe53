package dev.outrigger.example.raft;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.peer.PeerAccess;
import dev.outrigger.example.kv.CommandLine;
import dev.outrigger.example.kv.SidecarAccess;
import dev.outrigger.example.kv.UsageException;
import dev.outrigger.secrets.SecretValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * How a node asks the sidecars of the others.
 *
 * @param tokenFile holds the token that it shows, read anew each time; not needed where all nodes are given one token
 * @param authorities vouch for the certificates of the others' sidecars (PEM); those of the platform where it is empty
 */
public record PeerOptions(Optional<Path> tokenFile, Optional<Path> authorities) {

    /** Nothing is shown but what the nodes are given anyway. */
    public static final PeerOptions DEFAULT = new PeerOptions(Optional.empty(), Optional.empty());

    public PeerOptions {
        requireNonNull(tokenFile, "tokenFile");
        requireNonNull(authorities, "authorities");
    }

    /**
     * Takes it out of a command line.
     *
     * @throws UsageException if an option is not usable
     */
    static PeerOptions parse(CommandLine line) throws UsageException {
        return new PeerOptions(line.path("--peer-token-file"), line.path("--peer-ca"));
    }

    /**
     * Returns how the others are reached.
     *
     * @param access what the sidecar here asks for, as those of the others do
     * @throws IOException if the certificates of the authorities cannot be read
     */
    PeerAccess access(SidecarAccess access) throws IOException {
        PeerAccess peers = PeerAccess.open();
        if (tokenFile.isPresent()) {
            Path file = tokenFile.get();
            peers = PeerAccess.withToken(() -> read(file));
        } else if (access.token().isPresent()) {
            SecretValue token = SecretValue.of(access.token().get());
            peers = PeerAccess.withToken(() -> token);
        }
        Optional<SSLContext> tls = tls();
        return tls.isPresent() ? peers.tls(tls.get()) : peers;
    }

    /**
     * Returns what the others' sidecars are asked with where they speak TLS; empty for the platform's own.
     *
     * @throws IOException if the certificates of the authorities cannot be read
     */
    Optional<SSLContext> tls() throws IOException {
        return authorities.isPresent() ? Optional.of(trusting(authorities.get())) : Optional.empty();
    }

    private static SecretValue read(Path file) {
        try {
            return SecretValue.of(Files.readString(file, US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SSLContext trusting(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int count = 0;
            for (Certificate authority : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("authority-" + count++, authority);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("--peer-ca: " + file + " (expected: certificates in PEM)", e);
        }
    }
}
