package io.tappa.api.event;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.pack.PackSnapshot;
import java.util.List;

/** Hears of events of a visitor once they are written down. It must not wait for anything. */
@FunctionalInterface
public interface AfterWriting {
    /**
     * Hears of {@code events} that counted, each for the first time, unless we may not remember of whom they are: then nobody
     * can tell.
     */
    void counted(PackSnapshot pack, List<VisitorEvent> events, long nowMillis);
}
