package dev.outrigger.health;

import java.time.Instant;
import java.util.List;

/**
 * One change of a verdict. Immutable.
 *
 * @param subject what it was about: {@code lifecycle}, {@code health}, {@code ready}, or {@code check:NAME}
 * @param from the word before
 * @param to the word after
 * @param reason what led to it, for authorised readers; empty if there is nothing to say
 * @param stack of the thread that a hung check is on, for authorised readers; else empty
 */
public record Transition(Instant time, String subject, String from, String to, String reason, List<String> stack) {}
