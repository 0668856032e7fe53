package dev.outrigger.secrets;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody without the password can do to the file, and what comes of it. */
class KeystoreDamageTest {

    @TempDir
    Path directory;

    private TestKeystore kit;
    private byte[] good;

    @BeforeEach
    void keepTwoSecrets() throws IOException {
        kit = new TestKeystore(directory);
        try (Keystore keystore = kit.open()) {
            keystore.put(new SecretKey("first"), SecretValue.of("canary-1"));
            keystore.put(new SecretKey("other"), SecretValue.of("canary-2"));
        }
        good = Files.readAllBytes(kit.file());
    }

    @Test
    void theFileDoesNotHoldAValue() {
        assertThat(new String(good, ISO_8859_1))
                .startsWith("outrigger-keystore 1\n")
                .doesNotContain("canary");
    }

    @Test
    void everyChangedByteIsNoticed() throws IOException {
        for (int i = 0; i < good.length; i++) {
            byte[] changed = good.clone();
            changed[i] ^= 1;
            assertRefused(changed, "byte " + i);
        }
    }

    @Test
    void everyMissingEndIsNoticed() throws IOException {
        for (int length = 0; length < good.length; length++) {
            assertRefused(Arrays.copyOf(good, length), "first " + length + " bytes");
        }
        assertRefused(Arrays.copyOf(good, good.length + 1), "one byte more");
    }

    @Test
    void namesThatWereExchangedAreNoticed() throws IOException {
        byte[] changed = good.clone();
        replace(changed, "first", "xxxxx");
        replace(changed, "other", "first");
        replace(changed, "xxxxx", "other");

        assertRefused(changed, "exchanged names");
    }

    @Test
    void aValueOpensUnderItsOwnNameOnly() {
        SealingKey key = SealingKey.derive("x".toCharArray(), SealingKey.newSalt(), 1000);
        SealedSecret first =
                SealedSecret.seal(key, new SecretKey("first"), Instant.EPOCH, Instant.EPOCH, SecretValue.of("one"));
        SealedSecret moved = new SealedSecret(new SecretKey("other"), Instant.EPOCH, Instant.EPOCH, first.sealed());
        SealedSecret aged = new SealedSecret(first.key(), Instant.EPOCH, Instant.ofEpochMilli(1), first.sealed());

        assertThat(first.open(key)).isPresent();
        assertThat(moved.open(key)).isEmpty();
        assertThat(aged.open(key)).isEmpty();
    }

    @Test
    void evenUnderTheRightKeyAValueOfAnotherNameIsRefused() throws IOException {
        SealingKey key = SealingKey.derive(TestKeystore.PASSWORD.toCharArray(), SealingKey.newSalt(), 1000);
        SealedSecret first =
                SealedSecret.seal(key, new SecretKey("first"), Instant.EPOCH, Instant.EPOCH, SecretValue.of("one"));
        SealedSecret moved = new SealedSecret(new SecretKey("other"), Instant.EPOCH, Instant.EPOCH, first.sealed());
        KeystoreContent content = new KeystoreContent(key, new TreeMap<>(), new byte[0]).with(moved);

        assertRefused(content.bytes(), "a value of another name");
    }

    private void assertRefused(byte[] bytes, String what) throws IOException {
        Files.write(kit.file(), bytes);
        assertThatThrownBy(kit::open).as(what).isInstanceOf(SecretStoreException.class);
    }

    private static void replace(byte[] bytes, String old, String replacement) {
        int at = new String(bytes, ISO_8859_1).indexOf(old);
        System.arraycopy(replacement.getBytes(US_ASCII), 0, bytes, at, replacement.length());
    }
}
