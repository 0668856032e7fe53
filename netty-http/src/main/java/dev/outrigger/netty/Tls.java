package dev.outrigger.netty;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;

/**
 * How the sidecar speaks TLS (1.2 and 1.3): with which certificate, and whose certificates it trusts.
 *
 * <p>Files are read when the sidecar starts, and compared by content every 5 s from then on. New connections get what is new, those
 * that are open stay; what cannot be used leaves the last good content, with a warning and a metric.
 *
 * <p>Where clients' certificates are trusted, every client is asked for one in the handshake, and none has to have one: probes stay
 * anonymous, and a certificate that is not trusted is as good as none. Immutable.
 */
public final class Tls {

    private final TlsIdentity identity;
    private final Optional<TlsTrust> trust;
    private final boolean certificateRequired;

    private Tls(TlsIdentity identity, Optional<TlsTrust> trust, boolean certificateRequired) {
        this.identity = identity;
        this.trust = trust;
        this.certificateRequired = certificateRequired;
    }

    /**
     * Shows a certificate from PEM files.
     *
     * @param certificates the server's own first, then those between it and the root
     * @param privateKey its key, not encrypted: PKCS #8, PKCS #1 or SEC 1; may be the same file
     */
    public static Tls pem(Path certificates, Path privateKey) {
        return of(TlsIdentity.pem(
                requireNonNull(certificates, "certificates"), requireNonNull(privateKey, "privateKey")));
    }

    /**
     * Shows a certificate from a PKCS #12 or JKS file.
     *
     * @param password of the store and of the key in it; copied
     */
    public static Tls keyStore(Path file, char[] password) {
        return of(TlsIdentity.storeFile(requireNonNull(file, "file"), password.clone()));
    }

    /**
     * Shows a certificate from a key store in memory, which is not looked at again.
     *
     * @param password of the key in it; copied
     */
    public static Tls keyStore(KeyStore store, char[] password) {
        return of(TlsIdentity.store(requireNonNull(store, "store"), password.clone()));
    }

    private static Tls of(TlsIdentity identity) {
        return new Tls(identity, Optional.empty(), false);
    }

    /** Asks clients for a certificate, and trusts those that the authorities in a PEM file vouch for. */
    public Tls trustClients(Path authorities) {
        return new Tls(
                identity, Optional.of(TlsTrust.pem(requireNonNull(authorities, "authorities"))), certificateRequired);
    }

    /** Asks clients for a certificate, and trusts those that the authorities in a store in memory vouch for. */
    public Tls trustClients(KeyStore authorities) {
        return new Tls(
                identity, Optional.of(TlsTrust.store(requireNonNull(authorities, "authorities"))), certificateRequired);
    }

    /**
     * Demands a trusted certificate of every client: without, the handshake fails. The probes of a kubelet and of most balancers
     * fail then too, since they have none.
     */
    public Tls requireClientCertificate() {
        return new Tls(identity, trust, true);
    }

    TlsIdentity identity() {
        return identity;
    }

    Optional<TlsTrust> trust() {
        return trust;
    }

    boolean isCertificateRequired() {
        return certificateRequired;
    }
}
