package dev.outrigger.health;

import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardState;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider that shows what a test tells it to. */
final class FakeShards implements ShardProvider {

    private Runnable changed = () -> {};
    private int total = 1_024;
    private List<ShardState> states = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private int visits;

    static FakeShards of(ShardState... states) {
        FakeShards shards = new FakeShards();
        shards.states = List.of(states);
        return shards;
    }

    static ShardState shard(int id, ShardStatus status) {
        return ShardState.unreplicated(id, status);
    }

    @Override
    public int totalShards() {
        return total;
    }

    @Override
    public void visitShards(ShardVisitor visitor) {
        visits++;
        if (failure != null) {
            throw failure;
        }
        for (ShardState state : states) {
            visitor.shard(
                    state.id(),
                    state.status(),
                    state.leadership(),
                    state.term(),
                    state.commitIndex(),
                    state.lastApplied());
        }
    }

    @Override
    public void onChange(Runnable shardsChanged) {
        changed = shardsChanged;
    }

    int visits() {
        return visits;
    }

    void total(int newTotal) {
        total = newTotal;
    }

    void become(ShardState... newStates) {
        states = List.of(newStates);
    }

    void fail(RuntimeException newFailure) {
        failure = newFailure;
    }

    void recover() {
        failure = null;
    }

    void signal() {
        changed.run();
    }
}
