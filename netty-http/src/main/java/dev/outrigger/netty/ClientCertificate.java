package dev.outrigger.netty;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate whose key a client has proven to hold. Whether it is trusted is asked when somebody wants to know, and again after
 * those who vouch for clients have changed, so that a connection does not outlive the trust in it. Safe for any thread.
 */
final class ClientCertificate {

    private final X509Certificate[] chain;
    private final Supplier<X509TrustManager> vouching;
    private final InstantSource clock;

    private volatile Verdict verdict;

    private record Verdict(X509TrustManager by, boolean trusted) {}

    ClientCertificate(X509Certificate[] chain, Supplier<X509TrustManager> vouching, InstantSource clock) {
        this.chain = chain.clone();
        this.vouching = vouching;
        this.clock = clock;
        this.verdict = judged(vouching.get());
    }

    /** The certificate, if it is trusted and valid now. */
    Optional<X509Certificate> ifTrusted() {
        Verdict known = verdict;
        X509TrustManager now = vouching.get();
        if (!known.by.equals(now)) {
            known = judged(now);
            verdict = known;
        }
        return known.trusted && isInTime() ? Optional.of(chain[0]) : Optional.empty();
    }

    private Verdict judged(X509TrustManager by) {
        try {
            by.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return new Verdict(by, true);
        } catch (CertificateException e) {
            return new Verdict(by, false);
        }
    }

    private boolean isInTime() {
        Instant now = clock.instant();
        return !now.isBefore(chain[0].getNotBefore().toInstant())
                && !now.isAfter(chain[0].getNotAfter().toInstant());
    }
}
