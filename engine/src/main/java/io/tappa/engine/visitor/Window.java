package io.tappa.engine.visitor;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is still being put in order: recent events, and the time-outs that passed after them.
 *
 * @param frontier the last event folded into the checkpoint, or null while all are recent
 * @param recent at most {@value #MOST_RECENT} events of the last hour before the newest, in event order
 * @param silence time-outs after the newest event
 * @param wokenMillis up to when time-outs were looked for, in milliseconds since 1970; 0 never
 */
public record Window(@Nullable Frontier frontier, List<RecentEvent> recent, List<Step> silence, long wokenMillis) {
    /** Most events that are still being put in order. */
    public static final int MOST_RECENT = 16;
    /** How far before the newest event one may still move something, in milliseconds. */
    public static final long RECENT_MILLIS = 3_600_000;
    /** Nothing happened yet. */
    public static final Window EMPTY = new Window(null, List.of(), List.of(), 0);

    public Window {
        recent = List.copyOf(recent);
        silence = List.copyOf(silence);
    }
}
