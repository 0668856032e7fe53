package dev.outrigger.http;

import static java.util.Objects.requireNonNull;

import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Knows callers by the certificate that they proved in the TLS handshake, once the server has found it trusted.
 *
 * <p>A certificate goes by its subject's common name and by its alternative names (DNS, URI such as a SPIFFE id, e-mail), compared
 * to the letter. Immutable.
 */
public final class CertificateAuth implements Authenticator {

    private final Optional<Right> ofAny;
    private final Map<String, Right> byName;

    private CertificateAuth(Optional<Right> ofAny, Map<String, Right> byName) {
        this.ofAny = ofAny;
        this.byName = byName;
    }

    /** Knows everybody with a trusted certificate, under its first name. */
    public static CertificateAuth anyTrusted(Right right) {
        return new CertificateAuth(Optional.of(right), Map.of());
    }

    /** Knows whoever has a trusted certificate of that name. */
    public static CertificateAuth named(String name, Right right) {
        return new CertificateAuth(Optional.empty(), Map.of()).and(name, right);
    }

    /**
     * Knows one more, or gives a name another right than everybody has.
     *
     * @throws IllegalArgumentException if the name is blank
     */
    public CertificateAuth and(String name, Right right) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("certificate name: blank (expected: a common or alternative name)");
        }
        Map<String, Right> extended = new LinkedHashMap<>(byName);
        extended.put(name, requireNonNull(right, "right"));
        return new CertificateAuth(ofAny, Map.copyOf(extended));
    }

    @Override
    public Optional<Principal> authenticate(Request head) {
        return head.clientCertificate().flatMap(this::caller);
    }

    @Override
    public Set<AuthScheme> schemes() {
        return Set.of(AuthScheme.CLIENT_CERTIFICATE);
    }

    private Optional<Principal> caller(X509Certificate certificate) {
        List<String> names = CertificateNames.of(certificate);
        Optional<Principal> caller = Optional.empty();
        for (String name : names) {
            if (byName.containsKey(name)) {
                caller = Principal.mightier(caller, new Principal(name, byName.get(name)));
            }
        }
        return caller.isPresent() ? caller : ofAny.map(right -> new Principal(names.get(0), right));
    }
}
