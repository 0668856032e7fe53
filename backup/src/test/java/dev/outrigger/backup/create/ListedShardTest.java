package dev.outrigger.backup.create;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outrigger.backup.spi.ShardDescription;
import dev.outrigger.backup.spi.ShardFile;
import dev.outrigger.backup.spi.ShardSnapshot;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListedShardTest {

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("outrigger-list"))
                .allSatisfy(thread -> thread.join(10_000))
                .noneMatch(Thread::isAlive);
    }

    @Test
    void shardsAreListedSeveralAtOnceAndStayInOrder() throws Exception {
        CyclicBarrier both = new CyclicBarrier(2);

        List<ListedShard> listed = ListedShard.list(List.of(new Shard(7, both), new Shard(3, both)), 2);

        assertThat(listed).extracting(ListedShard::id).containsExactly(7, 3);
        assertThat(listed).extracting(ListedShard::bytes).containsExactly(7L, 3L);
    }

    @Test
    void whatTheHostThrowsComesOut() {
        ShardSnapshot good = new Shard(1, new CyclicBarrier(1));
        ShardSnapshot bad = new Shard(2, new CyclicBarrier(1)) {
            @Override
            public List<ShardFile> files() throws IOException {
                throw new IOException("a disk is gone");
            }
        };

        assertThatThrownBy(() -> ListedShard.list(List.of(good, bad), 2))
                .isInstanceOf(IOException.class)
                .hasMessage("a disk is gone");
    }

    /** Has one file, of as many bytes as its number says, and lists it when others do too. */
    private static class Shard implements ShardSnapshot {

        private final int id;
        private final CyclicBarrier together;

        Shard(int id, CyclicBarrier together) {
            this.id = id;
            this.together = together;
        }

        @Override
        public ShardDescription description() {
            return ShardDescription.of(id);
        }

        @Override
        public List<ShardFile> files() throws Exception {
            together.await(30, TimeUnit.SECONDS);
            return List.of(new ShardFile("a", id, () -> new ByteArrayInputStream(new byte[id])));
        }
    }
}
