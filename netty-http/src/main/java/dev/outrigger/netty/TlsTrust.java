package dev.outrigger.netty;

import dev.outrigger.file.UnusableFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Who vouches for clients.
 *
 * @param files what is to be read
 * @param maker makes authorities of what was read
 */
record TlsTrust(List<Path> files, Maker maker) {

    /** Makes authorities of the contents of files. */
    @FunctionalInterface
    interface Maker {
        X509ExtendedTrustManager authorities(List<byte[]> contents) throws GeneralSecurityException, IOException;
    }

    static TlsTrust pem(Path authorities) {
        return new TlsTrust(List.of(authorities), contents -> authorities(contents.get(0)));
    }

    static TlsTrust store(KeyStore authorities) {
        return new TlsTrust(List.of(), contents -> authorities(authorities));
    }

    private static X509ExtendedTrustManager authorities(byte[] pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        List<X509Certificate> certificates = Pem.certificates(pem);
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("authority-" + i, certificates.get(i));
        }
        return authorities(store);
    }

    private static X509ExtendedTrustManager authorities(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        X509ExtendedTrustManager manager = Stream.of(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new UnusableFileException("the platform gives no trust manager"));
        if (manager.getAcceptedIssuers().length == 0) {
            throw new UnusableFileException("no trusted certificate in the key store");
        }
        return manager;
    }
}
