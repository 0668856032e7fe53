package dev.outrigger.netty;

import dev.outrigger.file.UnusableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;

/**
 * Where the server's certificate and key come from.
 *
 * @param files what is to be read
 * @param maker makes keys of what was read
 */
record TlsIdentity(List<Path> files, Maker maker) {

    /** Makes keys of the contents of files. */
    @FunctionalInterface
    interface Maker {
        KeyManagerFactory keys(List<byte[]> contents) throws GeneralSecurityException, IOException;
    }

    static TlsIdentity pem(Path certificates, Path privateKey) {
        return new TlsIdentity(List.of(certificates, privateKey), contents -> keys(contents.get(0), contents.get(1)));
    }

    static TlsIdentity storeFile(Path file, char[] password) {
        return new TlsIdentity(List.of(file), contents -> {
            // Of that type the platform reads the older JKS too.
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(contents.get(0)), password);
            return keys(store, password);
        });
    }

    static TlsIdentity store(KeyStore store, char[] password) {
        return new TlsIdentity(List.of(), contents -> keys(store, password));
    }

    private static KeyManagerFactory keys(byte[] certificates, byte[] privateKey)
            throws GeneralSecurityException, IOException {
        List<X509Certificate> chain = Pem.certificates(certificates);
        PrivateKey key = Pem.privateKey(privateKey, chain.get(0).getPublicKey());
        char[] none = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, none);
        store.setKeyEntry("server", key, none, chain.toArray(X509Certificate[]::new));
        return keys(store, none);
    }

    private static KeyManagerFactory keys(KeyStore store, char[] password) throws GeneralSecurityException {
        for (String alias : Collections.list(store.aliases())) {
            if (store.isKeyEntry(alias)) {
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store, password);
                return keys;
            }
        }
        throw new UnusableFileException("no private key in the key store");
    }
}
