package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates for tests, made once by the platform's own keytool: {@code ca} vouches for {@code server}, {@code renewed},
 * {@code reader}, {@code writer} and {@code expired}; {@code other-ca} for {@code stranger}, who calls itself what the writer does.
 */
final class Certificates {

    static final char[] PASSWORD = "for-tests".toCharArray();

    private final Path directory;
    private final KeyStore store;

    private Certificates(Path directory, KeyStore store) {
        this.directory = directory;
        this.store = store;
    }

    private static final class Made {
        private static final Certificates ONCE = make();
    }

    static Certificates get() {
        return Made.ONCE;
    }

    private static Certificates make() {
        try {
            Path directory = Files.createTempDirectory("certificates");
            directory.toFile().deleteOnExit();
            Path file = directory.resolve("all.p12");
            authority(file, "ca");
            authority(file, "other-ca");
            signed(file, "server", "CN=localhost", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            signed(file, "renewed", "CN=renewed", "ca", "-ext", "san=dns:localhost,ip:127.0.0.1");
            signed(file, "reader", "CN=reader,O=Tests", "ca");
            signed(file, "writer", "O=Tests", "ca", "-ext", "san=uri:spiffe://tests/writer");
            signed(file, "expired", "CN=reader", "ca", "-startdate", "-3d");
            signed(file, "stranger", "CN=reader", "other-ca");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Files.delete(file);
            return new Certificates(directory, store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void authority(Path file, String alias) {
        keytool(file, alias, "CN=" + alias, "-ext", "bc:c");
    }

    private static void signed(Path file, String alias, String name, String authority, String... more) {
        List<String> arguments = new ArrayList<>(List.of("-signer", authority));
        arguments.addAll(List.of(more));
        keytool(file, alias, name, arguments.toArray(String[]::new));
    }

    private static void keytool(Path file, String alias, String name, String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-dname",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD)));
        command.addAll(List.of(more));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), US_ASCII);
            assertThat(process.waitFor()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as PEM, with the authority's behind it. */
    String chain(String alias) {
        try {
            StringBuilder pem = new StringBuilder();
            for (Certificate certificate : store.getCertificateChain(alias)) {
                pem.append(pem("CERTIFICATE", certificate.getEncoded()));
            }
            return pem.toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String key(String alias) {
        return pem("PRIVATE KEY", privateKey(alias).getEncoded());
    }

    Key privateKey(String alias) {
        try {
            return store.getKey(alias, PASSWORD);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    Certificate certificate(String alias) {
        try {
            return store.getCertificate(alias);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    /** A store with one key and certificate in it. */
    KeyStore keyStore(String alias) {
        try {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setKeyEntry(alias, privateKey(alias), PASSWORD, store.getCertificateChain(alias));
            return one;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store with one authority in it. */
    KeyStore trustStore(String alias) {
        try {
            KeyStore one = KeyStore.getInstance("PKCS12");
            one.load(null, null);
            one.setCertificateEntry(alias, certificate(alias));
            return one;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a client speaks TLS with who trusts the authority and has no certificate. */
    SSLContext anonymous() {
        return context(new KeyManager[0]);
    }

    /** What a client speaks TLS with who shows a certificate to everybody who asks. */
    SSLContext showing(String alias) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(keyStore(alias), PASSWORD);
            return context(new KeyManager[] {new ShowsAlways(keys.getKeyManagers()[0], alias)});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SSLContext context(KeyManager[] keys) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trustStore("ca"));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
