package dev.outrigger.netty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.outrigger.file.UnusableFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and private keys in textual encoding (RFC 7468). What stands between the blocks is left alone. */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final Map<String, String> SIGNATURES =
            Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Pem() {}

    private record Block(String label, byte[] der) {}

    /**
     * Reads all certificates, in their order.
     *
     * @throws UnusableFileException if there is none
     */
    static List<X509Certificate> certificates(byte[] pem) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        for (Block block : blocks(pem)) {
            if (block.label.equals("CERTIFICATE")) {
                certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der)));
            }
        }
        if (certificates.isEmpty()) {
            throw new UnusableFileException("no certificate in it (expected: -----BEGIN CERTIFICATE-----)");
        }
        return certificates;
    }

    /**
     * Reads the first private key.
     *
     * @param counterpart the public key that it must belong to
     * @throws UnusableFileException if there is none, it is encrypted, or belongs to another key
     */
    static PrivateKey privateKey(byte[] pem, PublicKey counterpart) throws GeneralSecurityException {
        for (Block block : blocks(pem)) {
            switch (block.label) {
                case "PRIVATE KEY" -> {
                    return privateKeyOf(block.der, counterpart);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return privateKeyOf(wrapped(block.der, counterpart), counterpart);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new UnusableFileException(
                            "the private key is encrypted (expected: one that is not, or a key store)");
                default -> {
                    // A certificate, or parameters.
                }
            }
        }
        throw new UnusableFileException("no private key in it (expected: -----BEGIN PRIVATE KEY-----)");
    }

    private static List<Block> blocks(byte[] pem) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(new String(pem, ISO_8859_1));
        while (matcher.find()) {
            try {
                blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new UnusableFileException("a block that is not Base64");
            }
        }
        return blocks;
    }

    private static PrivateKey privateKeyOf(byte[] pkcs8, PublicKey counterpart) throws GeneralSecurityException {
        PrivateKey key;
        try {
            key = KeyFactory.getInstance(counterpart.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw new UnusableFileException(
                    "the private key cannot be read, or is of another kind than the certificate's");
        }
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm != null && !belongTogether(algorithm, key, counterpart)) {
            throw new UnusableFileException("the private key does not belong to the first certificate");
        }
        return key;
    }

    private static boolean belongTogether(String algorithm, PrivateKey key, PublicKey counterpart)
            throws GeneralSecurityException {
        byte[] anything = {1, 2, 3};
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(anything);
        byte[] signature = signer.sign();
        Signature verifier = Signature.getInstance(algorithm);
        verifier.initVerify(counterpart);
        verifier.update(anything);
        return verifier.verify(signature);
    }

    /**
     * Puts a key as PKCS #1 (RFC 8017) or SEC 1 (RFC 5915) has it into the frame of PKCS #8 (RFC 5208), which is all the platform
     * reads. What names the algorithm and the curve is the same there as in the public key.
     */
    private static byte[] wrapped(byte[] key, PublicKey counterpart) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(VERSION_0);
        frame.writeBytes(algorithm(counterpart.getEncoded()));
        frame.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, frame.toByteArray());
    }

    /** The first element within the sequence that a public key is (RFC 5280, section 4.1). */
    private static byte[] algorithm(byte[] publicKey) {
        int start = headerLength(publicKey, 0);
        int length = publicKey[start + 1]; // Always short.
        return Arrays.copyOfRange(publicKey, start, start + 2 + length);
    }

    private static int headerLength(byte[] der, int at) {
        return (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7f);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else if (content.length < 0x100) {
            out.write(0x81);
            out.write(content.length);
        } else {
            out.write(0x82); // No key is longer than 64 KiB.
            out.write(content.length >>> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
