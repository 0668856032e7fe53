package dev.outrigger.backup.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryNameTest {

    private static final List<String> NAMES = List.of(
            "a", "ab", "b", "a/b", "a-b", "B", "z", "é", "ｚ", "\ue000", "🌱", "🌱a", "🌲", "a🌱", "a\uffee", "文件");

    @Test
    void namesAreInTheOrderOfTheirBytes() {
        for (String one : NAMES) {
            for (String other : NAMES) {
                assertThat(Integer.signum(new EntryName(one).compareTo(new EntryName(other))))
                        .as("%s and %s", one, other)
                        .isEqualTo(Integer.signum(Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8))));
            }
        }
    }

    @Test
    void caseAndAccentsAreFoldedAway() {
        assertThat(EntryName.folded("Abc/DEF.dat")).isEqualTo("abc/def.dat");
        assertThat(EntryName.folded("abc/def.dat")).isEqualTo("abc/def.dat");
        assertThat(EntryName.folded("e\u0301")).isEqualTo(EntryName.folded("É"));
    }
}
