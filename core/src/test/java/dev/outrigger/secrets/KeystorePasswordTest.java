package dev.outrigger.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeystorePasswordTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {" grün ", " grün \n", " grün \r\n"})
    void theLineBreakOfAnEditorIsNoPartOfThePassword(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), text);

        assertThat(KeystorePassword.fromFile(file).read()).containsExactly(" grün ".toCharArray());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n"})
    void anEmptyFileHoldsNone(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), text);

        assertMissing(KeystorePassword.fromFile(file));
    }

    @Test
    void aFileThatIsTooLargeOrNoTextHoldsNone() throws IOException {
        assertMissing(KeystorePassword.fromFile(Files.writeString(directory.resolve("large"), "x".repeat(4097))));
        assertMissing(KeystorePassword.fromFile(Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff})));
        assertMissing(KeystorePassword.fromFile(directory));
    }

    @Test
    void aVariableThatIsNotSetHoldsNone() {
        assertMissing(KeystorePassword.fromEnvironment("OUTRIGGER_NO_SUCH_VARIABLE"));
    }

    @Test
    void whatTheHostWipesIsNotWhatIsKept() {
        char[] hosts = "secret".toCharArray();
        KeystorePassword password = KeystorePassword.of(hosts);
        hosts[0] = '\0';

        assertThat(password.read()).containsExactly("secret".toCharArray());
        password.wipe();
        assertThat(password.read()).containsOnly('\0');
    }

    @Test
    void anEmptyPasswordIsRefusedAtOnce() {
        assertThatThrownBy(() -> KeystorePassword.of(new char[0])).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertMissing(KeystorePassword password) {
        assertThatThrownBy(password::read)
                .isInstanceOf(SecretStoreException.class)
                .hasMessageEndingWith("missing, empty or unreadable");
    }
}
