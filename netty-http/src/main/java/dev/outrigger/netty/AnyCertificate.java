package dev.outrigger.netty;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Lets every client finish its handshake, whatever its certificate: TLS knows no middle between a certificate that is accepted and
 * a handshake that fails, and an anonymous probe may be sent by a client that shows its certificate to everybody. That it holds
 * the key is proven all the same; whether it is trusted is asked of {@link ClientCertificate}, afterwards.
 */
final class AnyCertificate extends X509ExtendedTrustManager {

    private final X509ExtendedTrustManager vouching;

    AnyCertificate(X509ExtendedTrustManager vouching) {
        this.vouching = vouching;
    }

    /** Tells clients with many certificates which one to show. */
    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return vouching.getAcceptedIssuers();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
        // Asked later.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
        // Asked later.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
        // Asked later.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server asks no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("a server asks no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a server asks no server");
    }
}
