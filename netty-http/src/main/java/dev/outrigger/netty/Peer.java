package dev.outrigger.netty;

import dev.outrigger.http.IpAddress;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of a connection. Written on the event loop, before any request of the connection is handled. */
final class Peer {

    private final Channel channel;

    /** Kept as it is told, since it is asked for at each request. */
    private Optional<IpAddress> address = Optional.empty();

    private @Nullable ClientCertificate certificate;
    private boolean trustedProxy;

    Peer(Channel channel) {
        this.channel = channel;
    }

    /** The address of its socket; empty if the client has gone before anybody asked. */
    Optional<IpAddress> address() {
        if (address.isEmpty() && channel.remoteAddress() instanceof InetSocketAddress remote) {
            address = Optional.of(IpAddress.of(remote.getAddress()));
        }
        return address;
    }

    /** It is a proxy, whose word on where a request comes from is believed. */
    void isTrustedProxy(boolean newTrustedProxy) {
        trustedProxy = newTrustedProxy;
    }

    boolean isTrustedProxy() {
        return trustedProxy;
    }

    /** It has proven a certificate in the TLS handshake, trusted or not. */
    void hasShown(ClientCertificate shown) {
        certificate = shown;
    }

    boolean hasCertificate() {
        return certificate != null;
    }

    /** The certificate, if it is trusted at this moment. */
    Optional<X509Certificate> certificate() {
        ClientCertificate shown = certificate;
        return shown == null ? Optional.empty() : shown.ifTrusted();
    }

    /** For the log. */
    @Override
    public String toString() {
        return address().map(IpAddress::toString).orElse("unknown");
    }
}
