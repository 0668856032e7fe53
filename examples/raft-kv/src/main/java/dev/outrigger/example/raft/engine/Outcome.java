package dev.outrigger.example.raft.engine;

import java.util.Optional;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;

/** How one attempt to have something done by a member ended. */
sealed interface Outcome {

    /** It was done. */
    record Done(ByteString answer) implements Outcome {}

    /**
     * It was not done, and certainly will not be.
     *
     * @param next who leads instead, where that was told
     */
    record Rejected(Optional<RaftPeerId> next) implements Outcome {}

    /**
     * Whether it was or will be done is not known; asked again under the same call id, it is done once.
     *
     * @param next who leads instead, where that was told
     */
    record Unknown(Optional<RaftPeerId> next) implements Outcome {}

    /** It was tried and failed, and would fail again. */
    record Failed(Throwable cause) implements Outcome {}
}
