package dev.outrigger.example.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.example.kv.BackupOptions;
import dev.outrigger.example.kv.SidecarAccess;
import dev.outrigger.example.kv.UsageException;
import dev.outrigger.example.raft.engine.MemberAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void whereNothingIsSaidThreeNodesRunHere() throws UsageException {
        Options options = Options.parse();

        assertThat(options)
                .isEqualTo(new Options(
                        ClusterLayout.DEFAULT,
                        Optional.empty(),
                        false,
                        Path.of("raft-data"),
                        SidecarAccess.OPEN,
                        PeerOptions.DEFAULT,
                        BackupOptions.DEFAULT,
                        Duration.ZERO));
        assertThat(options.nodes()).extracting(MemberAddress::id).containsExactly("n1", "n2", "n3");
    }

    @Test
    void oneNodeOfAClusterThatJoinsItIsRead() throws UsageException {
        Options options = Options.parse(
                "--join",
                "--node",
                "b",
                "--cluster=a=h1:1:2:3,b=h2:1:2:3",
                "--data=d",
                "--token=secret",
                "--peer-token-file=t",
                "--peer-ca=c",
                "--backup-root=s3://b/p",
                "--drain-seconds=16");

        assertThat(options)
                .isEqualTo(new Options(
                        new ClusterLayout(
                                List.of(new MemberAddress("a", "h1", 1, 2, 3), new MemberAddress("b", "h2", 1, 2, 3))),
                        Optional.of("b"),
                        true,
                        Path.of("d"),
                        SidecarAccess.OPEN.withToken("secret"),
                        new PeerOptions(Optional.of(Path.of("t")), Optional.of(Path.of("c"))),
                        new BackupOptions(List.of("s3://b/p"), Optional.empty()),
                        Duration.ofSeconds(16)));
        assertThat(options.nodes()).extracting(MemberAddress::id).containsExactly("b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--node=n9                     | --node: 'n9' (expected: one of --cluster)",
                "--join                        | --join: nobody is to (expected: --node too)",
                "--join=yes                    | --join: 'yes' (expected: no value)",
                "--cluster=a=h:1:2             | --cluster: 'a=h:1:2' (expected: NAME=HOST:RAFT-PORT:RESP-PORT:OPS-PORT,"
                        + " several with commas between)",
                "--cluster=a=h:1:x:3           | --cluster: port 'x' (expected: NAME=HOST:RAFT-PORT:RESP-PORT:OPS-PORT,"
                        + " several with commas between)",
                "--cluster=a=h:1:2:0           | --cluster: opsPort: 0 (expected: 1 to 65535)",
                "--cluster=a=h:1:2:3,a=h:4:5:6 | --cluster: a twice (expected: each name and port once)",
                "--cluster=a=h:1:2:3,b=h:4:2:6 | --cluster: h:2 twice (expected: each name and port once)",
                "--token-file=t                | --peer-token-file: missing (expected: the token that nodes show each other)",
                "--drain-seconds=-1            | --drain-seconds: '-1' (expected: 0 to 3600)",
                "--port=1                      | --port: unknown option (--help lists them)"
            })
    void whatIsWrongIsNamed(String argument, String message) {
        assertThatThrownBy(() -> Options.parse(argument))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
