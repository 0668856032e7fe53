package dev.outrigger.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.file.UnusableFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS is made of, when it is read. */
final class TlsFilesTest {

    private static final Certificates CERTIFICATES = Certificates.get();

    @TempDir
    private Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static TlsSource read(Tls settings) {
        return TlsSource.read(settings, InstantSource.system());
    }

    /** The key without the frame of PKCS #8: the content of its last element. */
    private static byte[] bare(PrivateKey key, PublicKey counterpart) {
        byte[] encoded = key.getEncoded();
        byte[] publicKey = counterpart.getEncoded();
        int algorithmStart = (publicKey[1] & 0x80) == 0 ? 2 : 2 + (publicKey[1] & 0x7f);
        int octets = ((encoded[1] & 0x80) == 0 ? 2 : 2 + (encoded[1] & 0x7f)) + 3 + 2 + publicKey[algorithmStart + 1];
        int header = (encoded[octets + 1] & 0x80) == 0 ? 2 : 2 + (encoded[octets + 1] & 0x7f);
        return Arrays.copyOfRange(encoded, octets + header, encoded.length);
    }

    @ParameterizedTest
    @CsvSource({"RSA, 2048, RSA PRIVATE KEY", "EC, 256, EC PRIVATE KEY", "EC, 384, EC PRIVATE KEY"})
    void aKeyInItsOlderFormIsRead(String algorithm, int bits, String label) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        KeyPair pair = generator.generateKeyPair();
        String pem = Certificates.pem(label, bare(pair.getPrivate(), pair.getPublic()));
        assertThat(Pem.privateKey(pem.getBytes(), pair.getPublic()).getEncoded())
                .isNotEmpty();
        String newer = Certificates.pem("PRIVATE KEY", pair.getPrivate().getEncoded());
        assertThat(Pem.privateKey(newer.getBytes(), pair.getPublic())).isEqualTo(pair.getPrivate());
    }

    @Test
    void certificateAndKeyMayShareAFileWithOtherText() throws IOException {
        Path both = file(
                "both.pem",
                "Bag Attributes\n" + CERTIFICATES.key("server") + "subject=/CN=x\r\n"
                        + CERTIFICATES.chain("server").replace("\n", "\r\n"));
        assertThat(read(Tls.pem(both, both)).watched()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "nonsense", "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateIsRefused(String content) throws IOException {
        Path chain = file("tls.crt", content);
        Path key = file("tls.key", CERTIFICATES.key("server"));
        assertThatThrownBy(() -> read(Tls.pem(chain, key))).isInstanceOf(UnusableFileException.class);
    }

    @Test
    void aKeyThatDoesNotFitIsRefused() throws Exception {
        Path chain = file("tls.crt", CERTIFICATES.chain("server"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        String otherKind = Certificates.pem(
                "PRIVATE KEY", rsa.generateKeyPair().getPrivate().getEncoded());
        String[] keys = {
            CERTIFICATES.key("reader"),
            otherKind,
            "",
            CERTIFICATES.chain("server"),
            CERTIFICATES.key("server").replace("PRIVATE", "ENCRYPTED PRIVATE"),
            CERTIFICATES.key("server").substring(0, 100)
        };
        for (String content : keys) {
            Path key = file("tls.key", content);
            assertThatThrownBy(() -> read(Tls.pem(chain, key)))
                    .isInstanceOf(UnusableFileException.class)
                    .hasMessageContaining("tls.key");
        }
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        Path chain = file("tls.crt", CERTIFICATES.chain("server"));
        assertThatThrownBy(() -> read(Tls.pem(chain, directory.resolve("none"))))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("NoSuchFileException");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        Path store = directory.resolve("server.p12");
        try (var out = Files.newOutputStream(store)) {
            CERTIFICATES.keyStore("server").store(out, Certificates.PASSWORD);
        }
        assertThatThrownBy(() -> read(Tls.keyStore(store, "wrong".toCharArray())))
                .isInstanceOf(UnusableFileException.class);
        assertThatThrownBy(() -> read(Tls.keyStore(CERTIFICATES.trustStore("ca"), Certificates.PASSWORD)))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("no private key");
    }

    @Test
    void aDemandThatNobodyCouldMeetIsRefused() throws IOException {
        Path chain = file("tls.crt", CERTIFICATES.chain("server"));
        Path key = file("tls.key", CERTIFICATES.key("server"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(Tls.pem(chain, key).requireClientCertificate()))
                .withMessageContaining("trustClients()");
    }

    @Test
    void certificatesThatNobodyLooksAtAreRefused() throws IOException {
        Path chain = file("tls.crt", CERTIFICATES.chain("server"));
        Path key = file("tls.key", CERTIFICATES.key("server"));
        Path authorities = file("ca.crt", CERTIFICATES.chain("ca"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpsSidecar.builder("node")
                        .listen("127.0.0.1", 0)
                        .tls(Tls.pem(chain, key).trustClients(authorities))
                        .start())
                .withMessageContaining("nobody looks at the certificates");
    }
}
