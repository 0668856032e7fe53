package dev.outrigger.backup.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.manifest.Documents.Malformed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestCodecTest {

    private static final ManifestCodec CODEC = new ManifestCodec(ManifestSignature.NONE);
    private static final ManifestCodec SIGNING = new ManifestCodec(Documents.KEY);
    private static final String UNSIGNED = "the manifest is not signed (expected: signed with this host's key)";
    private static final String WRONG = "the manifest's signature is wrong (expected: signed with this host's key)";

    private static String text(byte[] document) {
        return new String(document, UTF_8);
    }

    private static void assertRefused(ManifestCodec codec, byte[] document, String message) {
        assertThatThrownBy(() -> codec.decode(document, Documents.ID))
                .isInstanceOf(BadManifestException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aManifestIsWrittenByteForByte() {
        assertThat(text(CODEC.encode(Documents.manifest()))).isEqualTo(Documents.MANIFEST);
    }

    @Test
    void aSignatureIsTheLastMemberOverTheBytesBeforeIt() {
        String unsigned = Documents.MANIFEST.substring(0, Documents.MANIFEST.length() - 1);
        assertThat(text(SIGNING.encode(Documents.manifest())))
                .isEqualTo(unsigned + ",\"signature\":"
                        + "\"00e1812d57e4381a58657db26125c2a9047f431c3bd6494b8dada08022c76fa7\"}");
    }

    @Test
    void whatWasWrittenIsReadAsItWas() throws Exception {
        for (ManifestStatus status : ManifestStatus.values()) {
            Manifest manifest = Documents.manifest().withStatus(status);
            assertThat(CODEC.decode(CODEC.encode(manifest), Documents.ID)).isEqualTo(manifest);
            assertThat(SIGNING.decode(SIGNING.encode(manifest), Documents.ID)).isEqualTo(manifest);
        }
    }

    @Test
    void fieldsOfALaterVersionAreIgnored() throws Exception {
        String later = Documents.MANIFEST
                .replace("\"format_version\":1", "\"format_version\":2,\"more\":{\"x\":[]}")
                .replace("\"node\":", "\"more\":1,\"node\":");
        assertThat(CODEC.decode(later.getBytes(UTF_8), Documents.ID)).isEqualTo(Documents.manifest());
    }

    static Stream<Malformed> malformed() {
        String twice = "{\"name\":\"lost\",\"backup_location\":\"\",\"status\":\"failed\",\"error\":\"why\","
                + "\"shard_count\":0,\"metadata\":null,\"shards\":[]},";
        return Stream.concat(
                Documents.malformedTables(),
                Stream.of(
                        new Malformed(
                                "\"min_reader_version\":1",
                                "\"min_reader_version\":2",
                                "min_reader_version: 2 (expected: <= 1): the backup was written by a newer version,"
                                        + " which is needed to read it"),
                        new Malformed("\"min_reader_version\":1,", "", "min_reader_version: missing"),
                        new Malformed(
                                "\"backup_id\":\"b1\"",
                                "\"backup_id\":\"b2\"",
                                "backup_id: not the one under whose name the manifest was found"),
                        new Malformed("\"tables\":[", "\"tables\":[" + twice, "a table is there twice"),
                        new Malformed(
                                "\"tables\":[", "\"tabels\":[", "tables: missing (expected: an array of objects)"),
                        new Malformed(
                                "\"status\":\"partial\"", "\"status\":\"odd\"", "status: unknown to this version"),
                        new Malformed("\"status\":\"partial\"", "\"status\":\"Partial\"", "status: unknown"),
                        new Malformed("2026-11-01T02", "2026-11-31T02", "the manifest is malformed: "),
                        new Malformed("\"product\":\"kv-node\"", "\"product\":\"KV\"", "product: 'KV'"),
                        new Malformed("\"kv_node_version\"", "\"version\"", "kv_node_version: missing"),
                        new Malformed("\"token\":\"t0\"", "\"token\":0", "token: a number (expected: a text)"),
                        new Malformed(
                                "\"token\":\"t0\"", "\"token\":\"t0\",\"token\":\"t1\"", "a field is there twice"),
                        new Malformed("\"storage\":{", "\"x\":{", "storage: missing (expected: an object)"),
                        new Malformed("\"raw_bytes\":2048", "\"raw_bytes\":" + Long.MAX_VALUE, "long overflow"),
                        new Malformed("\"bytes\":20", "\"bytes\":" + Long.MAX_VALUE, "long overflow"),
                        new Malformed("]}]}", "]}]} {}", "something follows the object"),
                        new Malformed("]}]}", "]}]", "malformed"),
                        new Malformed(Documents.MANIFEST, "", "JSON: empty"),
                        new Malformed(Documents.MANIFEST, "[]", "JSON: an array (expected: an object)")));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsMalformedIsRefused(Malformed malformed) {
        assertRefused(CODEC, malformed.of(Documents.MANIFEST), malformed.message());
    }

    @Test
    void whatIsTooLargeIsRefused() {
        byte[] large = (Documents.MANIFEST + " ".repeat(ManifestCodec.MAX_BYTES)).getBytes(UTF_8);
        assertRefused(CODEC, large, "bytes (expected: <= 16777216)");
    }

    @Test
    void aHostWithAKeyRefusesWhatIsNotSignedWithIt() {
        assertRefused(SIGNING, CODEC.encode(Documents.manifest()), UNSIGNED);
        assertRefused(SIGNING, new ManifestCodec(Documents.OTHER_KEY).encode(Documents.manifest()), WRONG);
    }

    @Test
    void aSignatureThatStandsElsewhereOrIsNotWholeIsNone() {
        String signed = text(SIGNING.encode(Documents.manifest()));
        String member = signed.substring(signed.lastIndexOf(",\"signature\""), signed.length() - 1);
        String rest = signed.replace(member, "");
        List<String> misplaced = List.of(
                "{" + member.substring(1) + "," + rest.substring(1),
                signed + "\n",
                signed.replace(member, member + ",\"x\":1"),
                signed.replace(member, member.replace("\":\"", "\": \"")),
                signed.replace(member, member.substring(0, member.length() - 2) + "\""),
                signed.replace(member, ",\"signature\":null"),
                signed.replace(member, ",\"signature\":\"\""));
        for (String document : misplaced) {
            assertRefused(SIGNING, document.getBytes(UTF_8), UNSIGNED);
        }
        assertRefused(SIGNING, signed.replace("\"t0\"", "\"t1\"").getBytes(UTF_8), WRONG);
        assertRefused(
                SIGNING, signed.replace(",\"signature\"", " ,\"signature\"").getBytes(UTF_8), WRONG);
    }

    @Test
    void whoAcceptsWhatIsUnsignedStillRefusesWhatIsSignedOtherwise() throws Exception {
        ManifestCodec lenient = new ManifestCodec(Documents.KEY.acceptingUnsigned());
        assertThat(lenient.decode(CODEC.encode(Documents.manifest()), Documents.ID))
                .isEqualTo(Documents.manifest());
        assertThat(lenient.decode(SIGNING.encode(Documents.manifest()), Documents.ID))
                .isEqualTo(Documents.manifest());
        assertRefused(lenient, new ManifestCodec(Documents.OTHER_KEY).encode(Documents.manifest()), WRONG);
        byte[] first = Documents.MANIFEST
                .replace("{\"format", "{\"signature\":\"x\",\"format")
                .getBytes(UTF_8);
        assertRefused(lenient, first, UNSIGNED);
    }

    @Test
    void aHostWithoutAKeyAsksForNoSignature() throws Exception {
        assertThat(CODEC.decode(SIGNING.encode(Documents.manifest()), Documents.ID))
                .isEqualTo(Documents.manifest());
    }

    @Test
    void aKeyIsLongEnoughAndNeverShown() {
        assertThatThrownBy(() -> SigningKey.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("signing key: 15 bytes (expected: >= 16)");
        assertThat(SigningKey.of("sixteen bytes...".getBytes(UTF_8)).toString()).doesNotContain("sixteen");
    }
}
