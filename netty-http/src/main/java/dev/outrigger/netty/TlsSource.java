package dev.outrigger.netty;

import dev.outrigger.file.Watched;
import dev.outrigger.file.WatchedFiles;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;

/** Gives new connections what they speak TLS with, from files that may change. Safe for any thread. */
final class TlsSource {

    private final WatchedFiles<TlsContext> content;
    private final boolean certificateRequired;
    private final InstantSource clock;
    private final List<Watched> watched;

    private TlsSource(
            WatchedFiles<TlsContext> content, boolean certificateRequired, InstantSource clock, List<Watched> watched) {
        this.content = content;
        this.certificateRequired = certificateRequired;
        this.clock = clock;
        this.watched = watched;
    }

    /**
     * Reads everything for the first time.
     *
     * @throws dev.outrigger.file.UnusableFileException if a file is missing, unreadable or malformed
     * @throws IllegalArgumentException if certificates are demanded that nobody vouches for
     */
    static TlsSource read(Tls settings, InstantSource clock) {
        if (settings.isCertificateRequired() && settings.trust().isEmpty()) {
            throw new IllegalArgumentException("tls: requireClientCertificate() (expected: trustClients() with it)");
        }
        List<Path> own = settings.identity().files();
        List<Path> all = new ArrayList<>(own);
        settings.trust().ifPresent(trust -> all.addAll(trust.files()));
        WatchedFiles<TlsContext> content = WatchedFiles.read("certificates", all, contents -> {
            Optional<X509ExtendedTrustManager> clients = Optional.empty();
            if (settings.trust().isPresent()) {
                List<byte[]> authorities = contents.subList(own.size(), contents.size());
                clients = Optional.of(settings.trust().get().maker().authorities(authorities));
            }
            return TlsContext.of(
                    settings.identity().maker().keys(contents.subList(0, own.size())),
                    clients,
                    settings.isCertificateRequired());
        });
        return new TlsSource(
                content, settings.isCertificateRequired(), clock, all.isEmpty() ? List.of() : List.of(content));
    }

    SslHandler newHandler(ByteBufAllocator memory) {
        SslHandler handler = content.current().server().newHandler(memory);
        handler.setHandshakeTimeoutMillis(0); // It is part of the deadline for the first header.
        return handler;
    }

    /** The certificate that a client has shown, if any. */
    Optional<ClientCertificate> certificate(SSLSession session) {
        if (content.current().clients().isEmpty()) {
            return Optional.empty();
        }
        try {
            Certificate[] shown = session.getPeerCertificates();
            X509Certificate[] chain =
                    Stream.of(shown).map(X509Certificate.class::cast).toArray(X509Certificate[]::new);
            return Optional.of(new ClientCertificate(
                    chain, () -> content.current().clients().orElseThrow(), clock));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // That is how the platform says that there is none.
        }
    }

    boolean isCertificateRequired() {
        return certificateRequired;
    }

    List<Watched> watched() {
        return watched;
    }
}
