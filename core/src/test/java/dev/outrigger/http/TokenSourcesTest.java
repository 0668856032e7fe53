package dev.outrigger.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.file.UnusableFileException;
import dev.outrigger.file.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenSourcesTest {

    private static final Principal READER = new Principal("prometheus", Right.READ);
    private static final Principal WRITER = new Principal("operator", Right.WRITE);

    @TempDir
    private Path directory;

    private final BearerAuth auth =
            BearerAuth.of("prometheus", "read-me", Right.READ).and("operator", "write.me==", Right.WRITE);

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("ops-token"), content);
    }

    private static Optional<Principal> caller(Authenticator auth, String token) {
        return auth.authenticate(FakeRequest.with("Authorization", "Bearer " + token));
    }

    private static void look(Authenticator auth) {
        auth.watched().forEach(Watched::look);
    }

    @Test
    void aTokenInTwoSourcesHasTheGreaterRight() {
        BearerAuth both = BearerAuth.of("a", "same", Right.WRITE).and("b", "same", Right.READ);
        assertThat(caller(both, "same")).hasValue(new Principal("a", Right.WRITE));
    }

    @Test
    void aFileMayHoldOneTokenAlone() throws IOException {
        assertThat(caller(BearerAuth.fromFile(file("# for people\n\n  secret-1 \r\n")), "secret-1"))
                .hasValue(new Principal("ops-token", Right.WRITE));
    }

    @Test
    void aFileMayHoldManyWithTheirNamesAndRights() throws IOException {
        BearerAuth fromFile = BearerAuth.fromFile(file("prometheus read r1\noperator\tWrite  w1\noperator write w2"));
        assertThat(caller(fromFile, "r1")).hasValue(READER);
        assertThat(caller(fromFile, "w1")).hasValue(WRITER);
        assertThat(caller(fromFile, "w2")).hasValue(WRITER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  \n\t\n",
                "# nothing but a comment",
                "canary\ncanary2",
                "a read canary extra",
                "a admin canary",
                "read canary",
                "a read can,ary",
                "bad*name read canary"
            })
    void aFileThatIsEmptyOrMalformedIsRefusedWithoutBeingQuoted(String content) throws IOException {
        Path file = file(content);
        assertThatThrownBy(() -> BearerAuth.fromFile(file))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("ops-token")
                .hasMessageNotContaining("canary2")
                .hasMessageNotContaining("can,ary")
                .hasMessageNotContaining("canary");
    }

    @Test
    void aFileThatIsMissingOrNotTextIsRefused() throws IOException {
        assertThatThrownBy(() -> BearerAuth.fromFile(directory.resolve("none")))
                .isInstanceOf(UnusableFileException.class);
        assertThatThrownBy(() -> BearerAuth.fromFile(directory)).isInstanceOf(UnusableFileException.class);
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(() -> BearerAuth.fromFile(binary)).isInstanceOf(UnusableFileException.class);
    }

    @Test
    void aChangedFileIsRead() throws IOException {
        BearerAuth fromFile = BearerAuth.fromFile(file("old"));
        file("new");
        assertThat(caller(fromFile, "old")).isPresent();
        look(fromFile);
        assertThat(caller(fromFile, "old")).isEmpty();
        assertThat(caller(fromFile, "new")).isPresent();
    }

    @Test
    void aLinkThatIsSwappedIsNoticed() throws IOException {
        Path first = Files.writeString(directory.resolve("first"), "old");
        Path second = Files.writeString(directory.resolve("second"), "new");
        Files.setLastModifiedTime(second, Files.getLastModifiedTime(first));
        Path link = Files.createSymbolicLink(directory.resolve("token"), first);
        BearerAuth fromFile = BearerAuth.fromFile(link);
        Path next = Files.createSymbolicLink(directory.resolve("next"), second);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        look(fromFile);
        assertThat(caller(fromFile, "new")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two words"})
    void aFileThatBecomesUselessChangesNothing(String content) throws IOException {
        BearerAuth fromFile = BearerAuth.fromFile(file("old"));
        Watched watched = fromFile.watched().get(0);
        file(content);
        look(fromFile);
        look(fromFile);
        assertThat(caller(fromFile, "old")).isPresent();
        assertThat(caller(fromFile, "")).isEmpty();
        assertThat(watched.isStale()).isTrue();
        assertThat(watched.failures()).isEqualTo(1);
    }

    @Test
    void aFileThatIsGoneAndComesBackIsGoodAgain() throws IOException {
        BearerAuth fromFile = BearerAuth.fromFile(file("old"));
        Watched watched = fromFile.watched().get(0);
        Files.delete(directory.resolve("ops-token"));
        look(fromFile);
        assertThat(caller(fromFile, "old")).isPresent();
        assertThat(watched.isStale()).isTrue();
        file("old");
        look(fromFile);
        assertThat(watched.isStale()).isFalse();
        file("new");
        look(fromFile);
        assertThat(caller(fromFile, "new")).isPresent();
        assertThat(watched.failures()).isEqualTo(1);
    }

    @Test
    void theEnvironmentHoldsWhatAFileMay() {
        Map<String, String> environment =
                Map.of("OPS_TOKEN", "secret-1", "OPS_TOKENS", "p read r1\no write w1", "BLANK", " ");
        assertThat(caller(BearerAuth.fromEnvironment("OPS_TOKEN", environment::get), "secret-1"))
                .hasValue(new Principal("OPS_TOKEN", Right.WRITE));
        assertThat(caller(BearerAuth.fromEnvironment("OPS_TOKENS", environment::get), "r1"))
                .hasValue(new Principal("p", Right.READ));
        assertThatThrownBy(() -> BearerAuth.fromEnvironment("BLANK", environment::get))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageStartingWith("tokens in $BLANK: empty or blank");
        assertThatThrownBy(() -> BearerAuth.fromEnvironment("OUTRIGGER_NOT_SET"))
                .isInstanceOf(UnusableFileException.class)
                .hasMessageContaining("not set");
    }

    @Test
    void manySourcesAreOne() throws IOException {
        BearerAuth all = auth.and(BearerAuth.fromFile(file("f read from-file")));
        assertThat(caller(all, "from-file")).isPresent();
        assertThat(caller(all, "read-me")).hasValue(READER);
        assertThat(all.watched()).hasSize(1);
    }

    @Test
    void ofTwoAuthenticatorsTheOneThatKnowsTheCallerCounts() throws IOException {
        Authenticator either = auth.or(BearerAuth.fromFile(file("f write read-me\ng read other")));
        assertThat(caller(either, "other")).hasValue(new Principal("g", Right.READ));
        assertThat(caller(either, "read-me")).hasValue(new Principal("f", Right.WRITE));
        assertThat(caller(either, "write.me==")).hasValue(WRITER);
        assertThat(caller(either, "none")).isEmpty();
        assertThat(either.watched()).hasSize(1);
    }

    @Test
    void nothingGivesATokenAway() {
        assertThat(List.of(
                        auth.toString(),
                        BearerToken.of("a", "canary", Right.READ).toString()))
                .noneMatch(text -> text.contains("canary") || text.contains("read-me"));
    }
}
