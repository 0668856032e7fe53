package dev.outrigger.backup;

import static dev.outrigger.backup.TestNode.HERE;
import static dev.outrigger.backup.TestNode.order;
import static dev.outrigger.backup.TestNode.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedBackupsTest {

    private static final String OVERWRITE = "\"restore_mode\":\"overwrite\"";

    @TempDir
    Path directory;

    private TestNode node;

    @BeforeEach
    void open() throws IOException {
        node = new TestNode(directory);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private static byte[] key(int of) {
        byte[] key = new byte[16];
        Arrays.fill(key, (byte) of);
        return key;
    }

    private void start(UnaryOperator<BackupsBuilder> settings) throws Exception {
        if (node.sidecar != null) {
            node.close();
        }
        node.install(new TestSidecar(), settings);
        node.sidecar.start();
    }

    @Test
    void whatIsSignedOtherwiseIsNotBroughtBack() throws Exception {
        start(builder -> builder.signingKey(key(1)));
        node.backUp("b1");
        assertThat(node.post("/restore?dry_run=metadata", order("b1", OVERWRITE)))
                .startsWith("200 ");
        start(builder -> builder.signingKey(key(2)).acceptUnsigned());

        assertThat(node.post("/restore", order("b1", OVERWRITE)))
                .isEqualTo(problem(422, "the manifest's signature is wrong (expected: signed with this host's key)"));
        assertThat(node.get("/backups?location=" + HERE)).contains("\"status\":\"corrupt\"");
    }

    @Test
    void whatIsNotSignedIsOnlyBroughtBackWhereThatIsAccepted() throws Exception {
        start(builder -> builder);
        node.backUp("b1");
        start(builder -> builder.signingKey(key(1)));
        assertThat(node.post("/restore", order("b1", OVERWRITE)))
                .isEqualTo(problem(422, "the manifest is not signed (expected: signed with this host's key)"));
        assertThat(node.get("/backups?location=" + HERE)).contains("\"status\":\"corrupt\"");
        assertThat(node.get("/backups/b1?location=" + HERE)).startsWith("422 ");

        start(builder -> builder.acceptUnsigned().signingKey(key(1))); // in either order
        assertThat(node.post("/restore?dry_run=metadata", order("b1", OVERWRITE)))
                .startsWith("200 ");
        start(builder -> builder.signingKey(key(1)).acceptUnsigned());
        assertThat(node.post("/restore?dry_run=metadata", order("b1", OVERWRITE)))
                .startsWith("200 ");
    }
}
