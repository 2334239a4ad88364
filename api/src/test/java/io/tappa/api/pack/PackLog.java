package io.tappa.api.pack;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is said of packs in the log; attached after a service has started, since a start begins the log anew. */
final class PackLog implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger(PackPublisher.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    PackLog() {
        lines.start();
        logger.addAppender(lines);
    }

    List<String> lines() {
        return List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(lines);
    }
}
