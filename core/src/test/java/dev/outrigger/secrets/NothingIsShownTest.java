package dev.outrigger.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text form and no exception of this package holds a value or a password. */
class NothingIsShownTest {

    private static final String CANARY = "canary-7f3a";

    @TempDir
    Path directory;

    @Test
    void noTextFormHoldsAValueOrAPassword() {
        TestKeystore kit = new TestKeystore(directory);
        kit.environment().put("FROM_ENV", CANARY);
        SecretKey key = new SecretKey("key");
        KeystoreBuilder builder = kit.builder(CANARY).environment("from.env");
        SealingKey sealing = SealingKey.derive(CANARY.toCharArray(), SealingKey.newSalt(), 1000);
        SealedSecret sealed = SealedSecret.seal(sealing, key, Instant.EPOCH, Instant.EPOCH, SecretValue.of(CANARY));
        try (Keystore keystore = builder.open()) {
            SecretEntry entry = keystore.put(key, SecretValue.of(CANARY));

            assertThat(List.of(
                            keystore,
                            builder,
                            entry,
                            keystore.entries(),
                            keystore.value(key),
                            keystore.value(new SecretKey("from.env")),
                            SecretValue.of(CANARY),
                            KeystorePassword.of(CANARY.toCharArray()),
                            KeystoreContent.empty(sealing).with(sealed),
                            sealing,
                            sealed))
                    .allSatisfy(each -> assertThat(each.toString()).doesNotContain(CANARY));
        }
    }

    @Test
    void noExceptionHoldsAValueOrAPassword() throws IOException {
        TestKeystore kit = new TestKeystore(directory);
        try (Keystore keystore = kit.builder(CANARY).open()) {
            SecretKey key = new SecretKey("key");
            SecretValue value = SecretValue.of(CANARY);
            keystore.put(key, value);
            SecretValue large = SecretValue.of(CANARY.repeat(10_000));
            assertHidden(catchThrowable(() -> keystore.put(key, large)));
            assertHidden(catchThrowable(() -> kit.builder(CANARY + "!").open()));
            assertHidden(catchThrowable(() -> new SecretKey("/" + CANARY)));
            Files.createDirectories(directory.resolve(".secrets.keystore.tmp/in-the-way"));
            assertHidden(catchThrowable(() -> keystore.put(key, value)));
            Files.writeString(kit.file(), CANARY);
            assertHidden(catchThrowable(() -> keystore.put(key, value)));
            assertHidden(catchThrowable(() -> kit.builder(CANARY).open()));
        }
    }

    private static void assertHidden(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        assertThat(text.toString()).doesNotContain(CANARY);
    }
}
