package dev.outrigger.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.secrets.SecretStoreException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {

    private static final SecretKey KEY = new SecretKey("s3.access_key");
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path directory;

    private TestKeystore kit;

    @BeforeEach
    void chooseAFile() {
        kit = new TestKeystore(directory);
    }

    @Test
    void aValueOutlivesTheProcess() {
        try (Keystore keystore = kit.open()) {
            keystore.put(KEY, SecretValue.of("grün 🌱"));
        }
        try (Keystore keystore = kit.open()) {
            assertThat(reveal(keystore)).contains("grün 🌱");
        }
    }

    @Test
    void aChangeKeepsTheTimeOfCreation() {
        try (Keystore keystore = kit.open()) {
            keystore.put(KEY, SecretValue.of("first"));
            kit.time().move(Duration.ofMillis(1500));

            SecretEntry changed = keystore.put(KEY, SecretValue.of("second"));

            assertThat(changed.createdAt()).contains(START);
            assertThat(changed.updatedAt()).contains(START.plusMillis(1500));
        }
        try (Keystore keystore = kit.open()) {
            assertThat(keystore.entries()).containsExactly(entry(SecretStatus.KEYSTORE, START, START.plusMillis(1500)));
        }
    }

    @Test
    void whatIsDeletedIsGoneAndBeginsAnew() {
        try (Keystore keystore = kit.open()) {
            keystore.put(KEY, SecretValue.of("first"));
            kit.time().move(Duration.ofSeconds(1));

            assertThat(keystore.delete(KEY)).isTrue();
            assertThat(keystore.delete(KEY)).isFalse();
            assertThat(keystore.value(KEY)).isEmpty();
            assertThat(keystore.put(KEY, SecretValue.of("second")).createdAt()).contains(START.plusSeconds(1));
        }
    }

    @Test
    void theKeystoreWinsOverTheEnvironment() {
        kit.environment().put("S3_ACCESS_KEY", "from the environment");
        try (Keystore keystore = kit.open("s3.access_key")) {
            assertThat(reveal(keystore)).contains("from the environment");
            assertThat(statuses(keystore)).containsExactly(SecretStatus.ENVIRONMENT);

            keystore.put(KEY, SecretValue.of("from the keystore"));
            assertThat(reveal(keystore)).contains("from the keystore");
            assertThat(statuses(keystore)).containsExactly(SecretStatus.BOTH);

            assertThat(keystore.delete(KEY)).isTrue();
            assertThat(statuses(keystore)).containsExactly(SecretStatus.ENVIRONMENT);
            assertThat(keystore.delete(KEY)).isFalse();
        }
    }

    @Test
    void anEmptyVariableIsAsGoodAsNone() {
        kit.environment().put("S3_ACCESS_KEY", "");
        try (Keystore keystore = kit.open("s3.access_key")) {
            assertThat(keystore.entries()).isEmpty();
            assertThat(keystore.value(KEY)).isEmpty();
        }
    }

    @Test
    void theEnvironmentIsAskedForRegisteredNamesOnly() {
        kit.environment().put("PATH", "/bin");
        SecretKey path = new SecretKey("path");
        try (Keystore keystore = kit.open()) {
            assertThat(keystore.value(path)).isEmpty();
            assertThat(keystore.put(path, SecretValue.of("x")).status()).isEqualTo(SecretStatus.KEYSTORE);
        }
    }

    @Test
    void entriesAreSortedByKeyAndCaseCounts() {
        kit.environment().put("B_B", "x");
        try (Keystore keystore = kit.open("b.b")) {
            for (String key : List.of("c", "a", "C")) {
                keystore.put(new SecretKey(key), SecretValue.of("x"));
            }
            assertThat(keystore.entries())
                    .extracting(entry -> entry.key().value())
                    .containsExactly("C", "a", "b.b", "c");
        }
    }

    @Test
    void aWrongPasswordFailsAtStartEvenWhereThereIsNoSecret() {
        kit.open().close();

        assertRefused(kit.builder("wrong"), Reason.WRONG_PASSWORD);
    }

    @Test
    void aMissingPasswordFailsAtStart() {
        Path none = directory.resolve("no-password");

        assertRefused(Keystore.builder(kit.file(), KeystorePassword.fromFile(none)), Reason.WRONG_PASSWORD);
    }

    @Test
    void whereNoFileCanBeMadeTheStartFails() {
        KeystorePassword password = KeystorePassword.of("x".toCharArray());

        assertRefused(Keystore.builder(directory.resolve("none/at/all"), password), Reason.NOT_WRITTEN);
    }

    @Test
    void onlyTheOwnerCanReadTheFile() throws IOException {
        try (Keystore keystore = kit.open()) {
            assertThat(permissions()).isEqualTo("rw-------");

            Files.setPosixFilePermissions(kit.file(), PosixFilePermissions.fromString("rw-r--r--"));
            keystore.put(KEY, SecretValue.of("x"));
            assertThat(permissions()).isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsLeftBesideTheFileButItsLock() throws IOException {
        Files.writeString(directory.resolve(".secrets.keystore.tmp"), "left behind");
        try (Keystore keystore = kit.open()) {
            keystore.put(KEY, SecretValue.of("x"));
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("secrets.keystore", ".secrets.keystore.lock");
        }
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real")).resolve("keystore");
        kit.open().close();
        Files.move(kit.file(), real);
        Files.createSymbolicLink(kit.file(), real);
        try (Keystore keystore = kit.open()) {
            keystore.put(KEY, SecretValue.of("x"));
        }
        assertThat(kit.file()).isSymbolicLink();
        try (Keystore keystore = kit.open()) {
            assertThat(reveal(keystore)).contains("x");
        }
    }

    @Test
    void aWriteThatFailsChangesNothing() throws IOException {
        try (Keystore keystore = kit.open()) {
            keystore.put(KEY, SecretValue.of("kept"));
            Files.createDirectories(directory.resolve(".secrets.keystore.tmp/in-the-way"));

            assertThatThrownBy(() -> keystore.put(KEY, SecretValue.of("lost")))
                    .asInstanceOf(InstanceOfAssertFactories.type(SecretStoreException.class))
                    .extracting(SecretStoreException::reason)
                    .isEqualTo(Reason.NOT_WRITTEN);
            assertThat(reveal(keystore)).contains("kept");
            assertThat(keystore.isStale()).isFalse();
        }
    }

    @Test
    void aClosedKeystoreReadsButChangesNothing() {
        Keystore keystore = kit.open();
        keystore.put(KEY, SecretValue.of("x"));
        keystore.close();

        assertThat(reveal(keystore)).contains("x");
        assertThatThrownBy(() -> keystore.delete(KEY)).isInstanceOf(SecretStoreException.class);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("outrigger-keystore"));
    }

    @Test
    void aValueIsAtMost64KiB() {
        try (Keystore keystore = kit.open()) {
            assertThat(keystore.put(KEY, SecretValue.of("x".repeat(65_536)))).isNotNull();
            assertThatThrownBy(() -> keystore.put(KEY, SecretValue.of("x".repeat(65_537))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("value: 65537 bytes (expected: <= 65536)");
        }
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(kit.file()));
    }

    private static void assertRefused(KeystoreBuilder builder, Reason reason) {
        assertThatThrownBy(builder::open)
                .asInstanceOf(InstanceOfAssertFactories.type(SecretStoreException.class))
                .extracting(SecretStoreException::reason)
                .isEqualTo(reason);
    }

    private static SecretEntry entry(SecretStatus status, Instant createdAt, Instant updatedAt) {
        return new SecretEntry(KEY, status, Optional.of(createdAt), Optional.of(updatedAt));
    }

    private static Optional<String> reveal(Keystore keystore) {
        return keystore.value(KEY).map(SecretValue::reveal);
    }

    private static List<SecretStatus> statuses(Keystore keystore) {
        return keystore.entries().stream().map(SecretEntry::status).toList();
    }
}
