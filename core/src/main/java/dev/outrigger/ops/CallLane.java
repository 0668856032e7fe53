package dev.outrigger.ops;

import java.util.concurrent.Executor;

/**
 * A lane, as whoever calls the host on it sees it. Implemented by the transport.
 *
 * <p>What is executed here goes on with a request that was taken before; it is refused only once the lane is closed.
 */
public interface CallLane extends Executor {

    /** Gives the lane another thread, since one of its own is in a call that does not return. */
    void writeOff();

    /** Takes that thread back: the call has returned. */
    void takeBack();
}
