package dev.outrigger.health;

import dev.outrigger.shard.ShardProvider;
import dev.outrigger.shard.ShardState;
import dev.outrigger.shard.ShardStatus;
import dev.outrigger.shard.ShardVisitor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A provider that shows what a test tells it to. */
public final class FakeShards implements ShardProvider {

    private Runnable changed = () -> {};
    private int total = 1_024;
    private List<ShardState> states = new ArrayList<>();
    private @Nullable RuntimeException failure;
    private int visits;

    public static FakeShards of(ShardState... states) {
        FakeShards shards = new FakeShards();
        shards.states = List.of(states);
        return shards;
    }

    public static ShardState shard(int id, ShardStatus status) {
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

    public int visits() {
        return visits;
    }

    public void total(int newTotal) {
        total = newTotal;
    }

    public void become(ShardState... newStates) {
        states = List.of(newStates);
    }

    public void fail(RuntimeException newFailure) {
        failure = newFailure;
    }

    public void recover() {
        failure = null;
    }

    public void signal() {
        changed.run();
    }
}
