package dev.outrigger.netty;

import dev.outrigger.file.Watched;
import dev.outrigger.http.Authenticator;
import dev.outrigger.http.IpAllowlist;
import dev.outrigger.http.PathTemplate;
import dev.outrigger.http.RouteTable;
import dev.outrigger.http.TrustedProxies;
import dev.outrigger.metrics.MetricsSource;
import dev.outrigger.metrics.RequestMetrics;
import dev.outrigger.openapi.CallerRules;
import dev.outrigger.ops.FileMetrics;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the builder was told about who may call the sidecar, and how. Used by the thread that builds. */
final class EntrySettings {

    private static final String REALM = "outrigger";
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})");

    private final List<String> allowed = new ArrayList<>();
    private final List<String> proxies = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Set<String> anonymousPaths = new HashSet<>();
    private Optional<Authenticator> authenticator = Optional.empty();
    private Optional<Tls> tls = Optional.empty();
    private boolean protectProbes;
    private boolean insecureWrites;

    void auth(Authenticator newAuthenticator) {
        authenticator = Optional.of(newAuthenticator);
    }

    void allow(List<String> ranges) {
        IpAllowlist.of(ranges);
        allowed.addAll(ranges);
    }

    void trustedProxies(List<String> ranges) {
        TrustedProxies.of(ranges);
        proxies.addAll(ranges);
    }

    void tls(Tls newTls) {
        tls = Optional.of(newTls);
    }

    void hostNames(List<String> newNames) {
        for (String name : newNames) {
            if (!HOST_NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("host name: '" + name + "' (expected: a name, without a port)");
            }
            names.add(name.toLowerCase(Locale.ROOT));
        }
    }

    void anonymous(String path) {
        anonymousPaths.add(PathTemplate.of(path).toString());
    }

    void protectProbes() {
        protectProbes = true;
    }

    void insecureWrites() {
        insecureWrites = true;
    }

    /** Tells whether callers are asked who they are. */
    boolean hasAuth() {
        return authenticator.isPresent();
    }

    /**
     * Checks what the settings say of the routes.
     *
     * @throws IllegalArgumentException if a path that is to be anonymous is none, or everybody could write from elsewhere
     */
    void refuseContradictions(RouteTable table, InetSocketAddress address) {
        TableRules.refuseUnknownAnonymous(table, anonymousPaths);
        if (authenticator.isEmpty() && !insecureWrites) {
            TableRules.refuseOpenWrites(table, address);
        }
    }

    Endpoints endpoints(RouteTable table, RequestMetrics requests) {
        return new Endpoints(table, requests, rights());
    }

    private RouteRights rights() {
        return new RouteRights(anonymousPaths, protectProbes);
    }

    /** The same as the documentation has it. */
    CallerRules callerRules() {
        RouteRights rights = rights();
        return new CallerRules(
                authenticator.map(Authenticator::schemes).orElse(Set.of()),
                tls.isPresent() && tls.get().isCertificateRequired(),
                route -> rights.isNeeded(route.path().toString(), route.access()));
    }

    Admission admission() {
        AddressRules addresses = new AddressRules(
                allowed.isEmpty() ? Optional.empty() : Optional.of(IpAllowlist.of(allowed)),
                proxies.isEmpty() ? Optional.empty() : Optional.of(TrustedProxies.of(proxies)));
        return new Admission(addresses, authenticator, Set.copyOf(names), REALM);
    }

    /**
     * Reads the certificates, where there is TLS.
     *
     * @throws dev.outrigger.file.UnusableFileException if a file cannot be used
     * @throws IllegalArgumentException if clients are asked for certificates and nobody looks at them
     */
    Optional<TlsSource> readTls(InstantSource clock) {
        tls.ifPresent(this::refuseUnseenCertificates);
        return tls.map(settings -> TlsSource.read(settings, clock));
    }

    private void refuseUnseenCertificates(Tls settings) {
        if (settings.trust().isPresent() && !settings.isCertificateRequired() && authenticator.isEmpty()) {
            throw new IllegalArgumentException("tls: trustClients() (expected: auth() with CertificateAuth, or"
                    + " requireClientCertificate(), since nobody looks at the certificates)");
        }
    }

    /** What is made of files. */
    List<Watched> watched(Optional<TlsSource> certificates) {
        List<Watched> watched = new ArrayList<>();
        authenticator.ifPresent(known -> watched.addAll(known.watched()));
        certificates.ifPresent(known -> watched.addAll(known.watched()));
        return watched;
    }

    List<MetricsSource> metrics(String prefix, Optional<TlsSource> certificates) {
        List<Watched> watched = watched(certificates);
        return watched.isEmpty() ? List.of() : List.of(FileMetrics.of(prefix, watched));
    }
}
