package dev.outrigger.example.raft.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.SetCondition;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries stay in logs, and so keep their form for ever. */
class CommandCodingTest {

    @Test
    void entriesOfAShardHaveTheseBytes() {
        assertThat(hex(new ShardCommand.Put(bytes("k"), bytes("v"), SetCondition.ALWAYS).encode()))
                .isEqualTo("01" + "00" + "00000001" + "6b" + "00000001" + "76");
        assertThat(hex(new ShardCommand.Put(bytes("k"), bytes(""), SetCondition.IF_PRESENT).encode()))
                .isEqualTo("01" + "02" + "00000001" + "6b" + "00000000");
        assertThat(hex(new ShardCommand.Delete(List.of(bytes("a"), bytes("bc"))).encode()))
                .isEqualTo("02" + "00000001" + "61" + "00000002" + "6263");
        assertThat(hex(new ShardCommand.Clear().encode())).isEqualTo("03");
        assertThat(hex(new ShardCommand.Install(new RestoreId("r-1"), new Position(2, 258)).encode()))
                .isEqualTo("04" + "00000003" + "722d31" + "0000000000000002" + "0000000000000102");
    }

    @Test
    void entriesOfTheMetadataHaveTheseBytes() {
        assertThat(hex(new RegisterCommand.CompareAndSet("k", 258, bytes("v")).encode()))
                .isEqualTo("01" + "0000000000000102" + "00000001" + "6b" + "00000001" + "76");
        assertThat(hex(new RegisterCommand.Remove("k").encode())).isEqualTo("02" + "00000001" + "6b");
    }

    @Test
    void anEntryIsReadAsItWasWritten() {
        ShardCommand.Put put = (ShardCommand.Put)
                ShardCommand.decode(new ShardCommand.Put(bytes("k"), bytes("v"), SetCondition.IF_ABSENT).encode());
        assertThat(put.key()).isEqualTo(bytes("k"));
        assertThat(put.value()).isEqualTo(bytes("v"));
        assertThat(put.condition()).isEqualTo(SetCondition.IF_ABSENT);
        ShardCommand.Install install = new ShardCommand.Install(new RestoreId("r"), new Position(3, 9));
        assertThat(ShardCommand.decode(install.encode())).isEqualTo(install);
        assertThat(ShardQuestion.decode(new ShardQuestion.Scan(7, 9).encode())).isEqualTo(new ShardQuestion.Scan(7, 9));
    }

    @Test
    void whatIsNoEntryIsRefused() {
        assertThatThrownBy(() -> ShardCommand.decode(new byte[] {9})).hasMessage("command: 9 (expected: 1 to 4)");
        assertThatThrownBy(() -> ShardCommand.decode(new byte[0])).hasMessage("the message ends early");
        assertThatThrownBy(() -> ShardCommand.decode(HexFormat.of().parseHex("0100" + "7fffffff" + "61")))
                .hasMessage("length: 2147483647 (expected: 0 to 1)");
        assertThatThrownBy(() -> RegisterCommand.decode(new byte[] {0})).hasMessage("command: 0 (expected: 1 to 2)");
        assertThatThrownBy(() -> ShardQuestion.decode(new byte[] {0})).hasMessage("question: 0 (expected: 1 to 4)");
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
