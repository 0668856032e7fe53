package dev.outrigger.netty;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * What new connections speak TLS with. Immutable.
 *
 * @param server makes engines
 * @param clients vouches for clients; without, none is asked for a certificate
 */
record TlsContext(SslContext server, Optional<X509ExtendedTrustManager> clients) {

    static TlsContext of(KeyManagerFactory keys, Optional<X509ExtendedTrustManager> clients, boolean required)
            throws SSLException {
        SslContextBuilder builder = SslContextBuilder.forServer(keys)
                .sslProvider(SslProvider.JDK) // Native libraries are not a sidecar's to bring along.
                .protocols("TLSv1.3", "TLSv1.2");
        clients.ifPresent(vouching -> builder.clientAuth(required ? ClientAuth.REQUIRE : ClientAuth.OPTIONAL)
                .trustManager(required ? vouching : new AnyCertificate(vouching)));
        return new TlsContext(builder.build(), clients);
    }
}
