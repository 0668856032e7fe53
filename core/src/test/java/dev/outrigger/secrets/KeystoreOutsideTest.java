package dev.outrigger.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others do to the file, and how a keystore that is open takes it. */
class KeystoreOutsideTest {

    private static final SecretKey KEY = new SecretKey("key");
    private static final SecretKey OTHER = new SecretKey("other");

    @TempDir
    Path directory;

    private TestKeystore kit;
    private Keystore keystore;

    @BeforeEach
    void keepOneSecret() {
        kit = new TestKeystore(directory);
        keystore = kit.open();
        keystore.put(KEY, SecretValue.of("first"));
    }

    @AfterEach
    void close() {
        keystore.close();
    }

    @Test
    void whatAnotherProcessChangesIsPickedUp() {
        try (Keystore another = kit.open()) {
            another.put(KEY, SecretValue.of("second"));
        }
        keystore.refresh();

        assertThat(reveal()).isEqualTo("second");
        assertThat(keystore.isStale()).isFalse();
    }

    @Test
    void theWatchPicksItUpByItself() {
        try (Keystore watching = kit.builder(TestKeystore.PASSWORD)
                .interval(Duration.ofMillis(10))
                .open()) {
            keystore.put(OTHER, SecretValue.of("x"));

            await().untilAsserted(() -> assertThat(watching.value(OTHER)).isPresent());
        }
    }

    @Test
    void aChangeIsMadeToWhatTheFileHoldsNow() {
        try (Keystore another = kit.open()) {
            another.put(OTHER, SecretValue.of("theirs"));

            keystore.put(KEY, SecretValue.of("ours"));
            another.refresh();

            assertThat(another.entries()).extracting(SecretEntry::key).containsExactly(KEY, OTHER);
        }
    }

    @Test
    void writersTakeTurns() {
        try (Keystore another = kit.open()) {
            List<CompletableFuture<Void>> writers = IntStream.range(0, 20)
                    .mapToObj(i -> CompletableFuture.runAsync(() ->
                            (i % 2 == 0 ? keystore : another).put(new SecretKey("key-" + i), SecretValue.of("x"))))
                    .toList();
            writers.forEach(CompletableFuture::join);
        }
        keystore.refresh();

        assertThat(keystore.entries()).hasSize(21);
    }

    @Test
    void aWriterThatNeverEndsHoldsNobodyForLong() throws IOException {
        Path lockFile = directory.resolve(".secrets.keystore.lock");
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertRefused(SecretStoreException.Reason.BUSY);
        }
        assertThat(keystore.delete(KEY)).isTrue();
    }

    @Test
    void aFileThatIsGoneLeavesTheLastGoodContent() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(kit.file(), elsewhere);
        keystore.refresh();

        assertThat(keystore.isStale()).isTrue();
        assertThat(reveal()).isEqualTo("first");
        assertRefused(SecretStoreException.Reason.UNREADABLE);
        assertThat(kit.file()).doesNotExist();

        Files.move(elsewhere, kit.file());
        keystore.refresh();
        assertThat(keystore.isStale()).isFalse();
    }

    @Test
    void aDamagedFileIsNotWrittenOver() throws IOException {
        Files.writeString(kit.file(), "not a keystore");

        assertRefused(SecretStoreException.Reason.DAMAGED);
        assertThat(keystore.isStale()).isTrue();
        assertThat(reveal()).isEqualTo("first");
        assertThat(kit.file()).hasContent("not a keystore");
    }

    @Test
    void aKeystoreWithAnotherSaltIsOpenedWithTheSamePassword() throws IOException {
        Files.delete(kit.file());
        try (Keystore fresh = kit.open()) {
            fresh.put(KEY, SecretValue.of("anew"));
        }
        keystore.refresh();

        assertThat(reveal()).isEqualTo("anew");
    }

    @Test
    void aPasswordThatComesLateIsTriedAgainAfterAMinute() throws IOException {
        Path passwordFile = Files.writeString(directory.resolve("password"), TestKeystore.PASSWORD + "\r\n");
        try (Keystore late = Keystore.builder(kit.file(), KeystorePassword.fromFile(passwordFile))
                .clocks(kit.time(), kit.time())
                .interval(Duration.ofDays(1))
                .open()) {
            Files.delete(kit.file());
            kit.builder("new password").open().close();
            late.refresh();
            assertThat(late.isStale()).isTrue();

            Files.writeString(passwordFile, "new password\n");
            late.refresh();
            assertThat(late.isStale()).isTrue();

            kit.time().move(Duration.ofMinutes(1));
            late.refresh();
            assertThat(late.isStale()).isFalse();
        }
    }

    private void assertRefused(SecretStoreException.Reason reason) {
        assertThatThrownBy(() -> keystore.put(KEY, SecretValue.of("never")))
                .asInstanceOf(InstanceOfAssertFactories.type(SecretStoreException.class))
                .extracting(SecretStoreException::reason)
                .isEqualTo(reason);
    }

    private String reveal() {
        return keystore.value(KEY).orElseThrow().reveal();
    }
}
