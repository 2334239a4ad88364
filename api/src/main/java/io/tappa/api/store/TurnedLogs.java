package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import reactor.core.publisher.Flux;

/** Logs by turn: lines are written in one turn for 48 hours, are whole for 48 more, and go one by one in the 48 after these. */
public interface TurnedLogs {
    /** The turn in which lines are written at {@code nowMillis}; the one after has the next number. */
    long turn(long nowMillis);

    /** The moment from which on logs have all lines at {@code nowMillis}, in milliseconds since 1970: when the turn before began. */
    long wholeFromMillis(long nowMillis);

    /** The places of a shard that may have lines of {@code turn}; now and then one comes twice. Some round trips. */
    Flux<VisitorKey> places(int shard, long turn);

    /** The lines of a place that are left of {@code turn}, oldest first, some hundred at once; now and then one comes twice. */
    Flux<LogLine> lines(VisitorKey place, long turn);
}
