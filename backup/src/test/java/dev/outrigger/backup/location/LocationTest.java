package dev.outrigger.backup.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTest {

    private static final String SECRET = "hunter2";

    @ParameterizedTest
    @CsvSource({
        "file:///var/backups, file:///var/backups",
        "file:///var/backups/, file:///var/backups",
        "file:///a, file:///a",
        "file:///srv/My-backups_2/.hidden/a:b@c, file:///srv/My-backups_2/.hidden/a:b@c",
        "s3://backups, s3://backups",
        "s3://backups/, s3://backups",
        "s3://my.backups-2/a/b, s3://my.backups-2/a/b",
        "s3://backups/a/b/, s3://backups/a/b",
    })
    void aLocationHasOneSpelling(String text, String canonical) {
        assertThat(Location.parse(text)).hasToString(canonical);
        assertThat(Location.parse(canonical)).isEqualTo(Location.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "x",
                "../x",
                "a/../../b",
                "/var/backups",
                "file:",
                "file:/var/backups",
                "file://",
                "file:///",
                "file:////",
                "file:////etc",
                "file://relative",
                "file://relative/path",
                "file://localhost/etc",
                "file://user:hunter2@host/etc",
                "FILE:///var/backups",
                "File:///var/backups",
                "file:///a/../b",
                "file:///..",
                "file:///a/..",
                "file:///a/./b",
                "file:///a//b",
                "file:///a//",
                "file:///a?x",
                "file:///a?password=hunter2",
                "file:///a#f",
                "file:///a\\b",
                "file:///a\\..\\b",
                "file:///%2e%2e/etc",
                "file:///a/%2E%2E/b",
                "file:///a%2fb",
                "file:///a%00",
                "file:///a\0b",
                "file:///a\nb",
                "file:///a b",
                "file:///a\u007f",
                "file:///a\u2024\u2024/b",
                "file:///a\u202eb",
                "file:///\uff0e\uff0e/b",
                " file:///a",
                "file:///a ",
                "s3:",
                "s3:/backups/p",
                "s3://",
                "s3:///",
                "s3:///p",
                "S3://backups/p",
                "s3a://backups/p",
                "s3://ab/p",
                "s3://Backups/p",
                "s3://back_ups/p",
                "s3://-backups/p",
                "s3://backups-/p",
                "s3://back..ups/p",
                "s3://../p",
                "s3://backups:9000/p",
                "s3://user@backups/p",
                "s3://user:hunter2@backups/p",
                "s3://AKIA:hunter2@b/p",
                "s3://backups?versionId=1",
                "s3://backups/p?versionId=hunter2",
                "s3://b/p#f",
                "s3://backups/p#f",
                "s3://backups//",
                "s3://backups//p",
                "s3://backups/p//",
                "s3://backups/a//b",
                "s3://backups/a/../b",
                "s3://backups/..",
                "s3://backups/.",
                "s3://backups/%2e%2e/b",
                "s3://backups/a%2Fb",
                "s3://backups/a\0",
                "s3://backups/a\rb",
                "s3://backups/a\u00e9",
                "s3://[::1]/p",
                "ftp://h/p",
                "ftp://user:hunter2@h/p",
                "http://127.0.0.1/p",
                "https://s3.amazonaws.com/backups/p",
                "gs://backups/p",
                "jar:file:///a!/b",
                "javascript:hunter2",
            })
    void anythingElseIsRefusedAndNotRepeated(String text) {
        assertThatThrownBy(() -> Location.parse(text))
                .isInstanceOf(LocationFormatException.class)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("location: ")
                .hasMessageEndingWith(" (expected: file:///absolute/path or s3://bucket/prefix)")
                .hasMessageNotContainingAny(SECRET, "AKIA", "user");
    }

    @Test
    void aLongTextIsRefusedBeforeItIsRead() {
        assertThatThrownBy(() -> Location.parse("file:///" + "a/".repeat(1_000_000)))
                .hasMessage(
                        "location: longer than 1024 characters (expected: file:///absolute/path or s3://bucket/prefix)");
    }

    @Test
    void aSegmentIsNoLongerThanAFileName() {
        assertThat(Location.parse("file:///" + "a".repeat(255))).isInstanceOf(FileLocation.class);
        assertThatThrownBy(() -> Location.parse("file:///" + "a".repeat(256)))
                .isInstanceOf(LocationFormatException.class);
    }

    @Test
    void aPrefixLeavesRoomForTheNamesOfObjects() {
        String segment = "a".repeat(127) + "/";
        assertThat(Location.parse("s3://backups/" + segment.repeat(6))).isInstanceOf(S3Location.class);
        assertThatThrownBy(() -> Location.parse("s3://backups/" + segment.repeat(6) + "b"))
                .hasMessageContaining("prefix is longer than 768 bytes");
    }

    @Test
    void theSlashBoundsAPrefix() {
        assertThat(new S3Location("backups", "a").keyPrefix()).isEqualTo("a/");
        assertThat(new S3Location("backups", "").keyPrefix()).isEmpty();
        assertThat(new FileLocation("/a/b").directory()).isEqualTo(Path.of("/a/b"));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://backups/a, s3://backups/a, true",
        "s3://backups/a, s3://backups/a/b, true",
        "s3://backups/a, s3://backups/ab, false",
        "s3://backups/a, s3://backups, false",
        "s3://backups/a, s3://others/a, false",
        "s3://backups, s3://backups/a, true",
        "s3://backups, s3://backups2, false",
        "s3://backups/a, file:///backups/a, false",
        "file:///a, file:///a, true",
        "file:///a, file:///a/b/c, true",
        "file:///a, file:///ab, false",
        "file:///a/b, file:///a, false",
        "file:///a, s3://aaa/b, false",
    })
    void oneLocationContainsAnotherByWholeSegments(String outer, String inner, boolean contains) {
        assertThat(Location.parse(outer).contains(Location.parse(inner))).isEqualTo(contains);
    }
}
