package dev.outrigger.netty;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/** What is written to a logger, as lines; and a hand on the writer, to hold it up. */
final class WrittenLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;
    private volatile Runnable beforeEach = () -> {};

    private WrittenLog(String name) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
    }

    static WrittenLog of(String logger, Level level) {
        WrittenLog log = new WrittenLog(logger);
        log.setContext(log.logger.getLoggerContext());
        log.start();
        log.logger.setLevel(level);
        log.logger.setAdditive(false);
        log.logger.addAppender(log);
        return log;
    }

    void level(Level level) {
        logger.setLevel(level);
    }

    /** Has something done before each line, on the thread that writes. */
    void beforeEach(Runnable task) {
        beforeEach = task;
    }

    @Override
    protected void append(ILoggingEvent event) {
        beforeEach.run();
        String pairs = event.getKeyValuePairs() == null
                ? ""
                : event.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "=" + pair.value)
                        .collect(Collectors.joining());
        lines.add(event.getLevel() + " " + event.getFormattedMessage() + pairs);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(null);
        logger.setAdditive(true);
    }
}
