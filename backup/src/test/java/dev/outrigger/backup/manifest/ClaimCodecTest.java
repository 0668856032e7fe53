package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.manifest.Documents.Malformed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ClaimCodecTest {

    private static final ClaimCodec CODEC = new ClaimCodec(ManifestSignature.NONE);
    private static final ClaimCodec SIGNING = new ClaimCodec(Documents.KEY);

    @Test
    void aClaimIsWrittenByteForByte() {
        assertThat(new String(CODEC.encode(Documents.claim()), UTF_8)).isEqualTo(Documents.CLAIM);
        assertThat(new String(SIGNING.encode(Documents.claim()), UTF_8))
                .startsWith(Documents.CLAIM.substring(0, Documents.CLAIM.length() - 1) + ",\"signature\":\"");
    }

    @Test
    void whatWasWrittenIsReadAsItWas() throws Exception {
        assertThat(CODEC.decode(CODEC.encode(Documents.claim()), Documents.NAMES))
                .isEqualTo(Documents.claim());
        assertThat(SIGNING.decode(SIGNING.encode(Documents.claim()), Documents.NAMES))
                .isEqualTo(Documents.claim());
    }

    @Test
    void aClaimNamesEveryFileThatMayBeThere() {
        assertThat(Documents.claim().files(Documents.NAMES).map(ObjectName::value))
                .containsExactly(
                        "users%2F2-b1-metadata.json",
                        "shard-0-users%2F2-b1.tar.zst",
                        "shard-7-users%2F2-b1.tar.zst",
                        "lost-b1-metadata.json",
                        "shard-1-lost-b1.tar.zst");
    }

    @Test
    void aTableThatIsBegunAgainIsNotWholeAnyMore() {
        Claim again = Documents.claim().beginning(new Claim.ClaimedTable(Documents.USERS, List.of(3)));
        assertThat(again.written()).isEmpty();
        assertThat(again.tables()).hasSize(2);
        assertThat(Documents.claim().without(Documents.USERS).written()).isEmpty();
    }

    static Stream<Malformed> malformed() {
        return Stream.concat(
                Documents.malformedTables(),
                Stream.of(
                        new Malformed("\"token\":\"t0\",", "", "token: missing"),
                        new Malformed("\"tables\":[", "\"tabels\":[", "tables: missing"),
                        new Malformed("\"written\":[", "\"wirtten\":[", "written: missing"),
                        new Malformed("\"shards\":[0,7]", "\"shards\":[0,\"7\"]", "shards: holds a text"),
                        new Malformed("\"shards\":[0,7]", "\"shards\":[4294967296]", "integer overflow"),
                        new Malformed("2026-11-01T02", "yesterday", "the claim is malformed: ")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsMalformedIsRefused(Malformed malformed) {
        assertThatThrownBy(() -> CODEC.decode(malformed.of(Documents.CLAIM), Documents.NAMES))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining(malformed.message());
    }

    @Test
    void aHostWithAKeyRefusesAClaimThatIsNotSignedWithIt() {
        assertThatThrownBy(() -> SIGNING.decode(CODEC.encode(Documents.claim()), Documents.NAMES))
                .isInstanceOf(BadManifestException.class);
    }
}
