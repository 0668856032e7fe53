package dev.outrigger.example.kv.observe;

import static java.util.Objects.requireNonNull;

import dev.outrigger.example.kv.store.DataDirectory;
import dev.outrigger.example.kv.store.DiskSpace;
import dev.outrigger.health.CheckOptions;
import dev.outrigger.health.HealthCheck;
import dev.outrigger.health.HealthResult;
import java.io.IOException;
import java.time.Duration;

/** Can the data directory be written, and is there room? A small file is written through to the disk. */
public final class DiskCheck implements HealthCheck {

    /** A readiness check; a sync may take long where the disk is busy, and that alone is no reason to leave traffic. */
    public static final CheckOptions OPTIONS = CheckOptions.readiness().timeout(Duration.ofSeconds(3));

    private static final long LEAST_USABLE_BYTES = 64L << 20;

    private final DataDirectory directory;

    public DiskCheck(DataDirectory directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    @Override
    public HealthResult check() throws IOException {
        DiskSpace space = directory.space();
        return verdict(space)
                .withDetail("path", directory.path().toString())
                .withDetail("usable_bytes", space.usableBytes())
                .withDetail("total_bytes", space.totalBytes());
    }

    private HealthResult verdict(DiskSpace space) {
        try {
            directory.probeWrite();
        } catch (IOException e) {
            return HealthResult.unhealthy("the data directory cannot be written: " + e);
        }
        return space.usableBytes() < LEAST_USABLE_BYTES
                ? HealthResult.unhealthy("the disk is nearly full")
                : HealthResult.healthy();
    }
}
