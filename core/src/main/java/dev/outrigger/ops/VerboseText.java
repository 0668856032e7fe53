package dev.outrigger.ops;

import dev.outrigger.health.CheckOutcome;
import dev.outrigger.health.CheckReport;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes a report as text, a line for each check, in the form that operators know from the Kubernetes API server:
 *
 * <pre>
 *   [+]engine ok
 *   [-]disk failed: read-only
 *   readyz check failed
 * </pre>
 */
final class VerboseText {

    private static final String WITHHELD = "reason withheld";

    private VerboseText() {}

    static String health(String title, View view, Sight sight, List<String> warnings) {
        StringBuilder text = new StringBuilder();
        appendChecks(text, view, sight);
        return end(text, title, view.isLive(), warnings);
    }

    static String ready(String title, View view, Sight sight, List<String> warnings) {
        StringBuilder text = new StringBuilder();
        appendChecks(text, view, sight);
        Predicate<String> isCheck = reason -> reason.startsWith("check:");
        view.reasons().stream()
                .filter(isCheck.negate())
                .forEach(reason -> text.append("[-]").append(reason).append(" failed\n"));
        return end(text, title, view.isReady(), warnings);
    }

    private static void appendChecks(StringBuilder text, View view, Sight sight) {
        for (CheckReport check : view.report().checks()) {
            text.append(check.status().isGood() ? "[+]" : "[-]").append(check.name());
            switch (check.status()) {
                case HEALTHY -> text.append(" ok");
                case DEGRADED -> text.append(" ok, degraded: ").append(reason(check, sight));
                case UNKNOWN -> text.append(" unknown: no result yet");
                case UNHEALTHY, HUNG, STALE -> text.append(" failed: ").append(reason(check, sight));
            }
            text.append('\n');
        }
    }

    private static String reason(CheckReport check, Sight sight) {
        return switch (sight) {
            case ANONYMOUS -> WITHHELD;
            case FULL ->
                oneLine(check.last()
                        .flatMap(CheckOutcome::message)
                        .orElse(check.status().word()));
        };
    }

    /** A message with a line break in it could pass for another check's line. */
    private static String oneLine(String message) {
        return message.replaceAll("\\p{Cntrl}+", " ");
    }

    private static String end(StringBuilder text, String title, boolean passed, List<String> warnings) {
        warnings.forEach(
                warning -> text.append("warn: ").append(oneLine(warning)).append('\n'));
        return text.append(title)
                .append(passed ? " check passed\n" : " check failed\n")
                .toString();
    }
}
