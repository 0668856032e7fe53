package dev.outrigger.task;

import java.util.Map;

/**
 * How many tasks there are and were. Immutable.
 *
 * @param states how many stand where, every state included
 * @param completed how many this process has completed since it started, by type; those that it has a handler for are always there
 * @param failed how many this process has given up, likewise; {@code unknown} stands for types that it has no handler for
 * @param unreadable how many records could not be read since the store was opened
 */
public record TaskTotals(
        Map<TaskState, Integer> states, Map<String, Long> completed, Map<String, Long> failed, long unreadable) {

    public TaskTotals {
        states = Map.copyOf(states);
        completed = Map.copyOf(completed);
        failed = Map.copyOf(failed);
    }
}
