package dev.outrigger.example.raft;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Leaves out what Ratis logs as an error, with a stack, each time a leader calls a replica that is just being opened: on every start of a
 * cluster. Named in logback.xml.
 */
public final class PeerNotReadyFilter extends Filter<ILoggingEvent> {

    private static final String NOT_READY = "org.apache.ratis.protocol.exceptions.ServerNotReadyException";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        IThrowableProxy cause = event.getThrowableProxy();
        return cause != null && cause.getClassName().equals(NOT_READY) ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
