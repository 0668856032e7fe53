package dev.outrigger.backup.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.location.ObjectName;
import dev.outrigger.backup.spi.TableName;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What backups and tables may be called, and what their files are called then. */
class NamesTest {

    private static final String ALPHABET = "aA1-_.%/\\ ~:+\u00e9\ud83d\ude00#";

    @ParameterizedTest
    @ValueSource(
            strings = {"b1", "1", "B", "2026-11-01T02.03", "a.b", "a-", "a_", "a.", "clusters", "cluster-1", "xcluster"
            })
    void anIdThatIsSafeInAFileNameIsAllowed(String id) {
        assertThatCode(() -> new BackupId(id)).doesNotThrowAnyException();
        assertThat(BackupNames.ofManifest(new BackupNames(new BackupId(id)).manifest()))
                .contains(new BackupId(id));
        assertThat(BackupNames.ofClaim(new BackupNames(new BackupId(id)).claim()))
                .contains(new BackupId(id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "../x",
                "a/../b",
                "a..b",
                "a/b",
                "a\\b",
                ".a",
                "-a",
                "_a",
                "a b",
                "a\n",
                "a\u0000",
                "a%2fb",
                "\u00e9",
                "cluster",
                "x-cluster",
                "a:b",
                "~a",
                "a*",
                "\u0661"
            })
    void anIdThatIsNotIsRefused(String id) {
        assertThatThrownBy(() -> new BackupId(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("backup_id: '" + id + "' (expected: ");
    }

    @Test
    void anIdHasAtMost96Characters() {
        assertThatCode(() -> new BackupId("a".repeat(96))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new BackupId("a".repeat(97))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orders|orders",
                "a-b_C.9|a-b_C.9",
                "a/b|a%2Fb",
                "a%2Fb|a%252Fb",
                ".hidden|%2Ehidden",
                "..|%2E.",
                "a..b|a.%2Eb",
                "a...b|a.%2E.b",
                "a b|a%20b",
                "a\\b|a%5Cb",
                "é|%C3%A9",
                "😀|%F0%9F%98%80"
            })
    void aTableIsCalledInFileNamesWhatCannotBeTakenForAnythingElse(String name, String encoded) {
        assertThat(new TableName(name).encoded()).isEqualTo(encoded);
    }

    @Test
    void aTableHasAName() {
        for (String none : new String[] {"", "\ud83d", "a\ude00"}) {
            assertThatThrownBy(() -> new TableName(none))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith("(expected: 1 to 96 bytes, percent-encoded)");
        }
    }

    @Test
    void aTablesNameHasAtMost96BytesEncoded() {
        assertThatCode(() -> new TableName("a".repeat(96))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new TableName("a".repeat(97))).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> new TableName("/".repeat(32))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new TableName("/".repeat(33))).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> new TableName("\ud83d\ude00".repeat(8))).doesNotThrowAnyException();
        assertThatThrownBy(() -> new TableName("\ud83d\ude00".repeat(8) + "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theLongestNamesMakeFilesThatAreAllowed() {
        BackupNames names = new BackupNames(new BackupId("b".repeat(96)));
        TableName table = new TableName("t".repeat(96));
        assertThatCode(() -> names.shard(table, Integer.MAX_VALUE)).doesNotThrowAnyException();
        assertThatCode(() -> names.metadata(table)).doesNotThrowAnyException();
        assertThatCode(names::manifest).doesNotThrowAnyException();
        assertThatCode(names::claim).doesNotThrowAnyException();
    }

    @Test
    void twoFilesOfABackupAreNeverCalledAlike() {
        Random random = new Random(20261101);
        BackupNames names = new BackupNames(new BackupId("b1"));
        Map<ObjectName, String> owners = new HashMap<>();
        owners.put(names.manifest(), "manifest");
        owners.put(names.claim(), "claim");
        for (int i = 0; i < 20_000; i++) {
            String name = anyName(random);
            TableName table = new TableName(name);
            assertOwner(owners, names.metadata(table), "metadata of " + name);
            for (int shard = 0; shard < 3; shard++) {
                assertOwner(owners, names.shard(table, shard), shard + " of " + name);
            }
        }
    }

    private static void assertOwner(Map<ObjectName, String> owners, ObjectName file, String owner) {
        assertThat(owners.computeIfAbsent(file, key -> owner)).as(file.value()).isEqualTo(owner);
    }

    private static String anyName(Random random) {
        int[] alphabet = ALPHABET.codePoints().toArray();
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(6);
        for (int i = 0; i < length; i++) {
            name.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
        }
        return name.toString();
    }

    @Test
    void noTablesFileIsTakenForAManifestOrAClaim() {
        Random random = new Random(4);
        for (int i = 0; i < 5_000; i++) {
            String id = anyName(random).replaceAll("[^a-z0-9-]", "c");
            for (String ending : new String[] {"", "-cluster-metadata", "-cluster", "-cluster-inprogress.json"}) {
                assertNoDocument(new BackupNames(new BackupId("b" + id)), new TableName("t" + id + ending));
            }
        }
    }

    private static void assertNoDocument(BackupNames names, TableName table) {
        for (ObjectName file : new ObjectName[] {names.metadata(table), names.shard(table, 0)}) {
            assertThat(BackupNames.ofManifest(file)).as(file.value()).isEmpty();
            assertThat(BackupNames.ofClaim(file)).as(file.value()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-cluster-metadata.json", "x-cluster-cluster-metadata.json", "a..b-cluster-metadata.json",
                "b1-cluster-metadata.json.bak", "b1-metadata.json", "%2E-cluster-metadata.json"
            })
    void whatNobodyWouldCallAManifestIsNone(String name) {
        assertThat(BackupNames.ofManifest(new ObjectName(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Kv", "1kv", "-kv", "kv node", "kv.node", "format", "min_reader", "min-reader"})
    void aProductThatCannotNameAFieldOfItsOwnIsRefused(String product) {
        assertThatThrownBy(() -> new Product(product, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("product: '" + product + "' (expected: ");
        assertThat(new Product("kv-node", "1").versionField()).isEqualTo("kv_node_version");
    }
}
