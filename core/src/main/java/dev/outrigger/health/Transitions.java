package dev.outrigger.health;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The last changes of verdict, oldest first. Written under the monitor's lock, read by any thread. */
final class Transitions {

    private static final int MOST = 64;

    /** Guarded by itself. */
    private final Deque<Transition> kept = new ArrayDeque<>();

    /** Finds and keeps what changed between two reports. */
    List<Transition> note(HealthReport before, HealthReport after) {
        List<Transition> found = between(before, after);
        synchronized (kept) {
            kept.addAll(found);
            while (kept.size() > MOST) {
                kept.removeFirst();
            }
        }
        return found;
    }

    List<Transition> latest() {
        synchronized (kept) {
            return List.copyOf(kept);
        }
    }

    private static List<Transition> between(HealthReport before, HealthReport after) {
        List<Transition> found = new ArrayList<>();
        Instant time = after.time();
        add(
                found,
                time,
                "lifecycle",
                before.lifecycle().word(),
                after.lifecycle().word(),
                "");
        for (int i = 0; i < after.checks().size(); i++) {
            addCheck(found, time, before.checks().get(i), after.checks().get(i));
        }
        add(found, time, "health", before.status().word(), after.status().word(), "");
        add(found, time, "ready", readiness(before), readiness(after), String.join(",", after.reasons()));
        return found;
    }

    private static void addCheck(List<Transition> found, Instant time, CheckReport before, CheckReport after) {
        if (before.status() != after.status()) {
            String reason = after.last().flatMap(CheckOutcome::message).orElse("");
            found.add(new Transition(
                    time,
                    "check:" + after.name(),
                    before.status().word(),
                    after.status().word(),
                    reason,
                    after.stack()));
        }
    }

    private static void add(
            List<Transition> found, Instant time, String subject, String from, String to, String reason) {
        if (!from.equals(to)) {
            found.add(new Transition(time, subject, from, to, reason, List.of()));
        }
    }

    private static String readiness(HealthReport report) {
        return report.isReady() ? "ready" : "not_ready";
    }
}
