package dev.outrigger.example.raft;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;

/**
 * Keeps out of the log what Ratis takes for an error while a replica is being opened or closed: that another node already, or still, speaks
 * to it. Named in {@code logback.xml}.
 */
public final class NotReadyFilter extends Filter<ILoggingEvent> {

    private static final String EXCEPTION = "org.apache.ratis.protocol.exceptions.ServerNotReadyException";

    @Override
    public FilterReply decide(ILoggingEvent event) {
        boolean notReady = event.getThrowableProxy() != null
                && EXCEPTION.equals(event.getThrowableProxy().getClassName());
        return notReady ? FilterReply.DENY : FilterReply.NEUTRAL;
    }
}
