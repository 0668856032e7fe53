package dev.outrigger.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All that a keystore file holds, and its bytes. Immutable: each change makes another.
 *
 * <pre>
 *   "outrigger-keystore 1\n"  iterations:4  salt:16        what the key is made with
 *   password check:28                                      seals nothing, under the bytes before
 *   count:4  { name length:1  name  created:8  updated:8  value length:4  value }    by name
 *   end:28                                                 seals nothing, under all bytes before
 * </pre>
 *
 * <p>Numbers are big-endian, times are milliseconds since 1970. Names and times can be read without the password, but not
 * changed. The first seal tells a wrong password from a damaged file; the last one covers what the single values' seals do
 * not: that a secret is there at all.
 */
final class KeystoreContent {

    static final byte[] MAGIC = "outrigger-keystore 1\n".getBytes(US_ASCII);
    static final int HEADER_BYTES = MAGIC.length + Integer.BYTES + SealingKey.SALT_BYTES;

    private final SealingKey key;
    private final NavigableMap<SecretKey, SealedSecret> secrets;
    private final byte[] bytes;

    /**
     * @param secrets owned by this content from now on
     * @param bytes the same, encoded; owned by this content from now on
     */
    KeystoreContent(SealingKey key, NavigableMap<SecretKey, SealedSecret> secrets, byte[] bytes) {
        this.key = key;
        this.secrets = Collections.unmodifiableNavigableMap(secrets);
        this.bytes = bytes;
    }

    static KeystoreContent empty(SealingKey key) {
        return of(key, new TreeMap<>());
    }

    private static KeystoreContent of(SealingKey key, NavigableMap<SecretKey, SealedSecret> secrets) {
        try {
            return new KeystoreContent(key, secrets, encode(key, secrets));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // Nothing here leaves memory.
        }
    }

    private static byte[] encode(SealingKey key, NavigableMap<SecretKey, SealedSecret> secrets) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(MAGIC);
        out.writeInt(key.iterations());
        out.write(key.salt());
        out.write(sealOver(bytes, key, SealPurpose.PASSWORD_CHECK));
        out.writeInt(secrets.size());
        for (SealedSecret secret : secrets.values()) {
            write(secret, out);
        }
        out.write(sealOver(bytes, key, SealPurpose.WHOLE_FILE));
        return bytes.toByteArray();
    }

    private static void write(SealedSecret secret, DataOutputStream out) throws IOException {
        byte[] name = secret.key().value().getBytes(US_ASCII);
        out.writeByte(name.length);
        out.write(name);
        out.writeLong(secret.createdAt().toEpochMilli());
        out.writeLong(secret.updatedAt().toEpochMilli());
        out.writeInt(secret.sealed().length);
        out.write(secret.sealed());
    }

    private static byte[] sealOver(ByteArrayOutputStream soFar, SealingKey key, SealPurpose purpose) {
        return key.seal(new byte[0], purpose.over(soFar.toByteArray(), soFar.size()));
    }

    KeystoreContent with(SealedSecret secret) {
        NavigableMap<SecretKey, SealedSecret> changed = new TreeMap<>(secrets);
        changed.put(secret.key(), secret);
        return of(key, changed);
    }

    KeystoreContent without(SecretKey name) {
        NavigableMap<SecretKey, SealedSecret> changed = new TreeMap<>(secrets);
        changed.remove(name);
        return of(key, changed);
    }

    SealingKey key() {
        return key;
    }

    NavigableMap<SecretKey, SealedSecret> secrets() {
        return secrets;
    }

    Optional<SealedSecret> secret(SecretKey name) {
        return Optional.ofNullable(secrets.get(name));
    }

    /** The file's bytes. Shared: only ever read. */
    byte[] bytes() {
        return bytes;
    }
}
