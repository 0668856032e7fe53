package dev.outrigger.cluster;

import dev.outrigger.health.CheckOutcome;
import dev.outrigger.health.CheckReport;
import dev.outrigger.health.CheckStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one dependency or peer. Immutable.
 *
 * @param name of the probe, or the peer's address
 * @param kind such as {@code dependency} or {@code peer}
 * @param required whether this node is not ready without it
 * @param latency of the last call, while it is online
 * @param lastSuccess when it was last seen online
 * @param message for authorised readers
 * @param age of the last result; empty before the first
 */
public record ClientReport(
        String name,
        String kind,
        Optional<String> url,
        boolean required,
        ClientStatus status,
        Optional<Duration> latency,
        Optional<Instant> lastSuccess,
        Optional<String> message,
        Optional<Duration> age) {

    static ClientReport ofProbe(ConnectivityProbe probe, CheckReport check) {
        return of(probe.name(), probe.kind(), probe.url(), probe.required(), check);
    }

    static ClientReport ofPeer(String address, String opsUrl, CheckReport check) {
        return of(address, "peer", Optional.of(opsUrl), false, check);
    }

    private static ClientReport of(
            String name, String kind, Optional<String> url, boolean required, CheckReport check) {
        ClientStatus status = status(check.status());
        return new ClientReport(
                name,
                kind,
                url,
                required,
                status,
                check.last().filter(last -> status == ClientStatus.ONLINE).map(CheckOutcome::duration),
                check.lastGood(),
                check.last().flatMap(CheckOutcome::message),
                check.last().map(last -> check.age()));
    }

    private static ClientStatus status(CheckStatus status) {
        if (status == CheckStatus.UNKNOWN) {
            return ClientStatus.UNKNOWN;
        }
        return status.isGood() ? ClientStatus.ONLINE : ClientStatus.OFFLINE;
    }
}
