package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Signs manifests, and tells which to believe.
 *
 * <p>The signature is the document's last member, <code>,"signature":"…"}</code>, over the file's exact bytes before that comma. Since
 * the manifest holds the SHA-256 of every file, it vouches for the whole backup.
 */
public final class ManifestSignature {

    /** For a host without a key: nothing is signed, and nothing is asked for. */
    public static final ManifestSignature NONE = new ManifestSignature(Optional.empty(), true);

    private static final Pattern MEMBER = Pattern.compile(",\"signature\":\"([0-9a-f]{64})\"\\}");
    private static final int MEMBER_BYTES = ",\"signature\":\"\"}".length() + 64;

    private final Optional<SigningKey> key;
    private final boolean unsignedAccepted;

    private ManifestSignature(Optional<SigningKey> key, boolean unsignedAccepted) {
        this.key = key;
        this.unsignedAccepted = unsignedAccepted;
    }

    /** Signs with a key, and believes what is signed with it and nothing else. */
    public static ManifestSignature with(SigningKey key) {
        return new ManifestSignature(Optional.of(key), false);
    }

    /** Believes a manifest that is not signed at all, too; never one that is signed otherwise. */
    public ManifestSignature acceptingUnsigned() {
        return new ManifestSignature(key, true);
    }

    /** Returns a document with its signature, where there is a key. */
    byte[] sign(byte[] document) {
        if (key.isEmpty()) {
            return document;
        }
        int signed = document.length - 1; // all but the closing brace
        byte[] member = (",\"signature\":\"" + key.get().sign(document, signed) + "\"}").getBytes(US_ASCII);
        byte[] whole = Arrays.copyOf(document, signed + member.length);
        System.arraycopy(member, 0, whole, signed, member.length);
        return whole;
    }

    /**
     * Throws where a document is not to be believed.
     *
     * @param claimsToBeSigned whether it has a member of that name, wherever that stands
     */
    void check(byte[] document, boolean claimsToBeSigned) throws BadManifestException {
        if (key.isEmpty() || (unsignedAccepted && !claimsToBeSigned)) {
            return;
        }
        Optional<String> signature = signature(document);
        if (signature.isEmpty()) {
            throw new BadManifestException("the manifest is not signed (expected: signed with this host's key)");
        }
        if (!key.get()
                .signed(
                        document,
                        document.length - MEMBER_BYTES,
                        signature.get().getBytes(US_ASCII))) {
            throw new BadManifestException("the manifest's signature is wrong (expected: signed with this host's key)");
        }
    }

    private static Optional<String> signature(byte[] document) {
        int from = Math.max(0, document.length - MEMBER_BYTES);
        Matcher member = MEMBER.matcher(new String(document, from, document.length - from, US_ASCII));
        return member.matches() ? Optional.of(member.group(1)) : Optional.empty();
    }
}
