package dev.outrigger.backup.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.outrigger.backup.manifest.Sha256;
import dev.outrigger.backup.spi.PlanStore;
import dev.outrigger.backup.spi.PlanStore.StoredPlan;
import dev.outrigger.backup.spi.RestoreId;
import dev.outrigger.json.JsonFormatException;
import dev.outrigger.json.JsonReader;
import dev.outrigger.json.JsonWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * When the members of a cluster have begun something last that is done by the clock, and by one of them only. Beside the plans of
 * restores, under names that no restore has, since it needs the same of its store: who writes over what it has read is the one.
 *
 * <p>Safe for use by many threads.
 */
public final class ClockRegister {

    private static final String PREFIX = "clock-";
    private static final int DIGITS = 32;

    private final PlanStore store;
    private final RestoreId name;

    /**
     * Finds the register of one thing that is done.
     *
     * @param chore names it; the same on all members
     */
    public ClockRegister(PlanStore store, String chore) {
        this.store = requireNonNull(store, "store");
        this.name =
                new RestoreId(PREFIX + Sha256.of(chore.getBytes(UTF_8)).hex().substring(0, DIGITS));
    }

    /** Tells whether a name in the store is a register's, and no restore's. */
    static boolean isOne(RestoreId name) {
        return name.value().startsWith(PREFIX);
    }

    /**
     * Returns when it was begun last, if ever.
     *
     * @throws IOException if that cannot be told
     */
    public Optional<Instant> last() throws IOException {
        return store.read(name).flatMap(ClockRegister::instant);
    }

    private static Optional<Instant> instant(StoredPlan stored) {
        try {
            return Optional.of(Instant.parse(JsonReader.object(stored.content()).string("last_begun_at")));
        } catch (JsonFormatException | DateTimeException e) {
            return Optional.empty(); // Whatever it is, it is written over.
        }
    }

    /**
     * Begins it, unless another member has since the caller has looked.
     *
     * @param seen what {@link #last()} has returned
     * @param member that begins it, for people
     * @return whether it is the caller's to do now
     * @throws IOException if that is not known: another look tells
     */
    public boolean begin(Optional<Instant> seen, Instant now, String member) throws IOException {
        Optional<StoredPlan> stored = store.read(name);
        if (!stored.flatMap(ClockRegister::instant).equals(seen)) {
            return false;
        }
        byte[] content =
                JsonWriter.object(json -> json.field("last_begun_at", now).field("member", member));
        return store.write(name, stored.map(StoredPlan::version).orElse(PlanStore.ABSENT), content)
                .isPresent();
    }
}
