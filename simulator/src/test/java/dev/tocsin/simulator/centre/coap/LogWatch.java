package dev.tocsin.simulator.centre.coap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Listens to the whole process's log for a while. */
final class LogWatch implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private LogWatch() {
        events.start();
        root.addAppender(events);
    }

    static LogWatch begin() {
        return new LogWatch();
    }

    /** Errors, and whatever came with an exception. */
    List<String> troubles() {
        return List.copyOf(events.list).stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR) || event.getThrowableProxy() != null)
                .map(event -> event.getLoggerName() + ": " + event.getFormattedMessage())
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(events);
        events.stop();
    }
}
