package dev.outrigger.example.raft.backup;

import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.example.kv.store.StoreException;
import dev.outrigger.example.raft.engine.Metadata;
import dev.outrigger.example.raft.engine.Register;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Keeps plans in the metadata group, so that all members see the same and whoever writes one has seen its newest version. Safe for use by
 * many threads.
 */
public final class MetadataPlans implements PlanStore {

    private static final String PREFIX = "plan/";

    /** A write is one entry of the group's log, which every member has to take whole. */
    private static final int MAX_BYTES = 1 << 20;

    private final Metadata metadata;

    public MetadataPlans(Metadata metadata) {
        this.metadata = requireNonNull(metadata, "metadata");
    }

    @Override
    public List<StoredPlan> list() throws IOException {
        return asked(() -> metadata.list(PREFIX)).stream()
                .map(MetadataPlans::plan)
                .toList();
    }

    @Override
    public Optional<StoredPlan> read(RestoreId restore) throws IOException {
        return asked(() -> metadata.read(key(restore))).map(MetadataPlans::plan);
    }

    @Override
    public OptionalLong write(RestoreId restore, long expectedVersion, byte[] content) throws IOException {
        if (content.length > MAX_BYTES) {
            throw new IOException(
                    "plan " + restore + ": " + content.length + " bytes (expected: at most " + MAX_BYTES + ")");
        }
        return asked(() -> metadata.compareAndSet(key(restore), expectedVersion, content))
                .map(register -> OptionalLong.of(register.version()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public void remove(RestoreId restore) throws IOException {
        asked(() -> metadata.remove(key(restore)));
    }

    private static String key(RestoreId restore) {
        return PREFIX + restore;
    }

    private static StoredPlan plan(Register register) {
        RestoreId restore = new RestoreId(register.key().substring(PREFIX.length()));
        return new StoredPlan(restore, register.version(), register.value());
    }

    private static <T> T asked(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (StoreException e) {
            throw new IOException("the metadata group: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Question<T> {

        T ask();
    }
}
