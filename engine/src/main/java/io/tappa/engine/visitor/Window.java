package io.tappa.engine.visitor;

import io.tappa.engine.identity.Identity;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What is still being put in order: recent events, and the time-outs that passed after them.
 *
 * <p>No record, since it also keeps what was concluded from it: most states of a visitor differ only in what is remembered of
 * decisions.
 */
public final class Window {
    /** Most events that are still being put in order. */
    public static final int MOST_RECENT = 16;
    /** How far before the newest event one may still move something, in milliseconds. */
    public static final long RECENT_MILLIS = 3_600_000;
    /** Nothing happened yet. */
    public static final Window EMPTY = new Window(null, List.of(), List.of(), 0);

    private final @Nullable Frontier frontier;
    private final List<RecentEvent> recent;
    private final List<Step> silence;
    private final long wokenMillis;
    private @Nullable Conclusions conclusions;

    /** A window over these {@code recent} events, in event order, and these time-outs after the newest of them. */
    public Window(@Nullable Frontier frontier, List<RecentEvent> recent, List<Step> silence, long wokenMillis) {
        this.frontier = frontier;
        this.recent = List.copyOf(recent);
        this.silence = List.copyOf(silence);
        this.wokenMillis = wokenMillis;
    }

    /** The last event folded into the checkpoint, or null while all are recent. */
    public @Nullable Frontier frontier() {
        return frontier;
    }

    /** At most {@value #MOST_RECENT} events of the last hour before the newest, in event order. */
    public List<RecentEvent> recent() {
        return recent;
    }

    /** Time-outs after the newest event. */
    public List<Step> silence() {
        return silence;
    }

    /** Up to when time-outs were looked for, in milliseconds since 1970; 0 never. */
    public long wokenMillis() {
        return wokenMillis;
    }

    /** The id of {@code lanes} under which the newest event happened. */
    Identity lastLane(SortedMap<Identity, Lane> lanes) {
        return recent.isEmpty()
                ? lanes.firstKey()
                : recent.get(recent.size() - 1).lane();
    }

    /** What follows from {@code state}, whose window this is. */
    Conclusions conclude(VisitorState state) {
        var known = conclusions;
        if (known == null || !known.hold(state)) {
            known = new Conclusions(state);
            if (!recent.isEmpty()) {
                conclusions = known;
            }
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Window window
                && Objects.equals(frontier, window.frontier)
                && recent.equals(window.recent)
                && silence.equals(window.silence)
                && wokenMillis == window.wokenMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(frontier, recent, silence, wokenMillis);
    }

    @Override
    public String toString() {
        return "Window[frontier=%s, recent=%s, silence=%s, wokenMillis=%d]"
                .formatted(frontier, recent, silence, wokenMillis);
    }
}
