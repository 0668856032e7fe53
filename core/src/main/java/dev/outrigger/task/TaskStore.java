package dev.outrigger.task;

import java.util.List;
import java.util.Optional;

/**
 * Where tasks are recorded, so that they outlive the process.
 *
 * <p>A store keeps whole tasks by their id, and changes one only if it is still the version that the change was made of: the one
 * guarantee that fencing, leases and several workers rest on. It decides nothing else, and reads of a task nothing but {@link
 * Task#id()} and {@link Task#version()}. {@link TaskRecord} writes and reads tasks as bytes.
 *
 * <p>Called by several threads at once. A queue waits for a call, with everything that enqueues behind it, so a store over a network
 * has deadlines of its own. It belongs to the host, which closes it after the queues over it.
 */
public interface TaskStore extends AutoCloseable {

    /**
     * Reads all tasks that can be read, in no particular order. One that cannot is left out, said to the log and
     * {@linkplain #unreadable() counted}; it keeps no other from being read.
     *
     * @throws TaskStoreException if the store as a whole cannot be read
     */
    List<Task> load();

    /**
     * Reads one task.
     *
     * @throws TaskStoreException if the store cannot be read
     */
    Optional<Task> find(TaskId id);

    /**
     * Records a task, if the version that is recorded is the one before: {@code task.version() - 1}, where 0 stands for none at all.
     * When this returns true the task outlives the process, and where the store promises it the machine.
     *
     * @return false if another version is recorded; nothing is changed then
     * @throws TaskStoreException if it was not written, or may not have been: {@link #find(TaskId)} tells
     */
    boolean put(Task task);

    /**
     * Removes a task, if the version that is recorded is this one.
     *
     * @return false if another version, or none, is recorded
     * @throws TaskStoreException if it was not removed, or may not have been
     */
    boolean remove(Task task);

    /**
     * Tells whether other processes may be at the same tasks. In a store that is not shared a running task that no worker of this
     * process has is left from one that died; in a shared one it is so when its lease is over. Clocks of the processes that share
     * a store differ by less than the time of a lease.
     */
    boolean isShared();

    /** How many records could not be read since the store was opened. */
    long unreadable();

    /** Lets the store go. Nothing is written afterwards: calls throw {@link TaskStoreException}. */
    @Override
    void close();
}
