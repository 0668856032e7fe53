package dev.outrigger.example.raft.engine;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;

/** Which of a server's doors a request goes through. */
final class RequestKind {

    private RequestKind() {}

    static CompletableFuture<RaftClientReply> submit(RaftServer server, RaftClientRequest request) throws IOException {
        if (request instanceof SetConfigurationRequest change) {
            return server.setConfigurationAsync(change);
        }
        if (request instanceof TransferLeadershipRequest transfer) {
            return server.transferLeadershipAsync(transfer);
        }
        return server.submitClientRequestAsync(request);
    }
}
