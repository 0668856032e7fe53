package dev.outrigger.backup.location;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.location.DyingProcess.Died;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends ObjectStoreContract {

    private static final ObjectName NAME = new ObjectName("b1-cluster-metadata.json");
    private static final byte[] HELLO = "hello".getBytes(UTF_8);

    private final MemoryStore place = new MemoryStore();

    @Override
    ObjectStore open() {
        return place.elsewhere();
    }

    @Test
    void aProcessDiesRightAfterAnOperationAndCleansUpNothing() throws Exception {
        for (int life = 0; life <= 3; life++) {
            MemoryStore dying = new MemoryStore();
            MemoryStore survivor = dying.elsewhere();
            dying.hook(new DyingProcess(life));
            assertThatThrownBy(() -> {
                        try (ObjectSink sink = dying.create(NAME)) {
                            sink.write(HELLO);
                            sink.commit();
                        }
                    })
                    .isInstanceOf(Died.class);
            assertThat(survivor.stat(NAME).isPresent()).isEqualTo(life == 3);
            assertThat(survivor.removeUnfinished("", false)).isEqualTo(life == 1 || life == 2 ? 1 : 0);
        }
    }

    @Test
    void aProcessThatDoesLessThanItLivesForDoesNotDie() throws Exception {
        DyingProcess process = new DyingProcess(4);
        MemoryStore store = new MemoryStore();
        store.hook(process);
        try (ObjectSink sink = store.create(NAME)) {
            sink.write(HELLO);
            sink.commit();
        }
        assertThat(process.operations()).isEqualTo(3);
    }
}
