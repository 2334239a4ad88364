package io.tappa.api.store.redis;

import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Frontier;
import io.tappa.engine.visitor.InJourney;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.SeenEvents;
import io.tappa.engine.visitor.VisitorState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A visitor as one versioned blob.
 *
 * <p>Layout: one byte of kind (1 state, 2 pointer to another visitor); for a state eight bytes of version, so that the
 * script can compare them without reading on, then the sections below. The first byte changes with the format.
 */
final class StateCodec {
    /** Kind of a blob that holds a state. */
    static final int STATE = 1;
    /** Kind of a blob that only names another visitor. */
    static final int POINTER = 2;

    private static final int ANONYMOUS = 0;
    private static final int USER = 1;

    private StateCodec() {}

    static byte[] pointerTo(VisitorKey key) {
        return ((char) POINTER + key.text()).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The visitor that {@code blob} points to, or null when it holds a state. */
    static @Nullable VisitorKey pointer(byte[] blob) {
        return blob[0] == POINTER
                ? new VisitorKey(new String(blob, 1, blob.length - 1, StandardCharsets.ISO_8859_1))
                : null;
    }

    /** The eight bytes that stand for {@code version} in a blob. */
    static byte[] version(long version) {
        var writer = new BlobWriter();
        writer.fixed(version);
        return writer.finish();
    }

    static byte[] encode(VisitorState state) {
        var out = new BlobWriter();
        out.octet(STATE);
        out.fixed(state.version());
        out.whole(state.events());
        var frontier = state.frontier();
        out.octet(frontier == null ? 0 : 1);
        if (frontier != null) {
            out.millis(frontier.atMillis());
            out.id(frontier.messageId());
        }
        var ids = new ArrayList<>(state.lanes().keySet());
        out.whole(ids.size());
        state.lanes().forEach((id, cells) -> {
            out.octet(id.kind() == IdKind.USER ? USER : ANONYMOUS);
            out.id(id.value());
            out.whole(cells.size());
            cells.forEach((slot, cell) -> {
                out.signed(slot);
                cell(out, cell);
            });
        });
        positions(out, state.positions());
        out.whole(state.recent().size());
        state.recent().forEach(event -> recent(out, event, ids));
        seen(out, state.seen());
        contacts(out, state.contacts());
        return out.finish();
    }

    static VisitorState decode(byte[] blob) {
        var in = new BlobReader(blob);
        int kind = in.octet();
        if (kind != STATE) {
            throw new IllegalArgumentException("""
                    kind (%d) of the blob is unknown.
                    Maybe a newer version of Tappa wrote it.""".formatted(kind));
        }
        long version = in.fixed();
        long events = in.whole();
        var frontier = in.octet() == 0 ? null : new Frontier(in.millis(), in.id());
        var lanes = new TreeMap<Identity, SortedMap<Integer, Cell>>();
        var ids = new ArrayList<Identity>();
        for (int lane = in.count(); lane > 0; lane--) {
            var id = new Identity(in.octet() == USER ? IdKind.USER : IdKind.ANONYMOUS, in.id());
            var cells = new TreeMap<Integer, Cell>();
            for (int cell = in.count(); cell > 0; cell--) {
                cells.put((int) in.signed(), cell(in));
            }
            ids.add(id);
            lanes.put(id, cells);
        }
        var positions = positions(in);
        var recent = new ArrayList<RecentEvent>();
        for (int event = in.count(); event > 0; event--) {
            recent.add(recent(in, ids));
        }
        var seen = seen(in);
        return new VisitorState(version, events, frontier, lanes, positions, recent, seen, contacts(in));
    }

    private static void cell(BlobWriter out, Cell cell) {
        if (cell instanceof Cell.Tally tally) {
            out.octet(0);
            out.signed(tally.total());
        } else if (cell instanceof Cell.Moment moment) {
            out.octet(1);
            out.millis(moment.at());
            out.text(moment.text());
        } else if (cell instanceof Cell.Timeline timeline) {
            timeline(out, timeline);
        } else if (cell instanceof Cell.Basket basket) {
            out.octet(3);
            out.octet(basket.clearedAt() == Long.MIN_VALUE ? 0 : 1);
            if (basket.clearedAt() != Long.MIN_VALUE) {
                out.millis(basket.clearedAt());
            }
            out.whole(basket.changes().size());
            for (var change : basket.changes()) {
                out.millis(change.at());
                out.text(change.product());
                out.signed(change.quantity());
                out.signed(change.price());
            }
        } else {
            CellCodec.write(out, cell);
        }
    }

    /** Marks take only what they hold: times, numbers, words; one byte says which. */
    private static void timeline(BlobWriter out, Cell.Timeline timeline) {
        boolean numbers = timeline.marks().stream().anyMatch(mark -> mark.number() != 0);
        boolean hashes = timeline.marks().stream().anyMatch(mark -> Math.abs(mark.number() >> 1) > 1L << 48);
        boolean words = timeline.marks().stream().anyMatch(mark -> !mark.text().isEmpty());
        out.octet(2);
        out.octet((numbers ? 1 : 0) | (words ? 2 : 0) | (hashes ? 4 : 0));
        out.whole(timeline.marks().size());
        for (var mark : timeline.marks()) {
            out.millis(mark.at());
            if (hashes) {
                out.fixed(mark.number());
            } else if (numbers) {
                out.signed(mark.number());
            }
            if (words) {
                out.text(mark.text());
            }
        }
    }

    private static Cell cell(BlobReader in) {
        int kind = in.octet();
        return switch (kind) {
            case 0 -> new Cell.Tally(in.signed());
            case 1 -> new Cell.Moment(in.millis(), in.text());
            case 2 -> timeline(in);
            case 3 -> basket(in);
            default -> CellCodec.read(in, kind);
        };
    }

    private static Cell timeline(BlobReader in) {
        int holds = in.octet();
        var marks = new ArrayList<Cell.Mark>();
        for (int mark = in.count(); mark > 0; mark--) {
            long at = in.millis();
            long number = (holds & 4) != 0 ? in.fixed() : (holds & 1) != 0 ? in.signed() : 0;
            marks.add(new Cell.Mark(at, number, (holds & 2) != 0 ? in.text() : ""));
        }
        return new Cell.Timeline(marks);
    }

    private static Cell basket(BlobReader in) {
        long clearedAt = in.octet() == 0 ? Long.MIN_VALUE : in.millis();
        var changes = new ArrayList<Cell.BasketChange>();
        for (int change = in.count(); change > 0; change--) {
            changes.add(new Cell.BasketChange(in.millis(), in.text(), in.signed(), in.signed()));
        }
        return new Cell.Basket(clearedAt, changes);
    }

    private static void positions(BlobWriter out, Positions positions) {
        out.whole(positions.byJourney().size());
        positions.byJourney().forEach((journey, in) -> {
            out.text(journey);
            out.whole(in.history().size());
            for (var entry : in.history()) {
                out.text(entry.stage());
                out.millis(entry.atMillis());
                out.text(entry.event());
                out.text(entry.move());
            }
            out.whole(in.reached().size());
            in.reached().forEach(out::text);
        });
    }

    private static Positions positions(BlobReader in) {
        var byJourney = new TreeMap<String, InJourney>();
        for (int journey = in.count(); journey > 0; journey--) {
            var key = in.text();
            var history = new ArrayList<InJourney.Entry>();
            for (int entry = in.count(); entry > 0; entry--) {
                history.add(new InJourney.Entry(in.text(), in.millis(), in.text(), in.text()));
            }
            var reached = new TreeSet<String>();
            for (int stage = in.count(); stage > 0; stage--) {
                reached.add(in.text());
            }
            byJourney.put(key, new InJourney(history, reached));
        }
        return new Positions(byJourney);
    }

    private static void recent(BlobWriter out, RecentEvent event, List<Identity> ids) {
        out.millis(event.atMillis());
        out.id(event.messageId());
        out.text(event.name());
        out.whole(ids.indexOf(event.lane()));
        out.whole(event.values().size());
        event.values().forEach((path, value) -> {
            out.text(path);
            out.text(value);
        });
        out.whole(event.steps().size());
        for (var step : event.steps()) {
            out.text(step.journey());
            out.text(step.stage());
            out.text(step.move());
        }
    }

    private static RecentEvent recent(BlobReader in, List<Identity> ids) {
        long at = in.millis();
        var messageId = in.id();
        var name = in.text();
        var lane = ids.get((int) in.whole());
        var values = new TreeMap<String, String>();
        for (int value = in.count(); value > 0; value--) {
            var path = in.text();
            values.put(path, in.text());
        }
        var steps = new ArrayList<RecentEvent.Step>();
        for (int step = in.count(); step > 0; step--) {
            steps.add(new RecentEvent.Step(in.text(), in.text(), in.text()));
        }
        return new RecentEvent(at, messageId, name, lane, values, steps);
    }

    private static void seen(BlobWriter out, SeenEvents seen) {
        var hashes = seen.hashes();
        var minutes = seen.minutes();
        out.octet(seen.spilled() ? 1 : 0);
        out.whole(hashes.length);
        long last = 0;
        for (int i = 0; i < hashes.length; i++) {
            out.fixed(hashes[i]);
            out.whole(minutes[i] - last);
            last = minutes[i];
        }
    }

    private static SeenEvents seen(BlobReader in) {
        boolean spilled = in.octet() == 1;
        int count = in.count();
        var hashes = new long[count];
        var minutes = new long[count];
        long last = 0;
        for (int i = 0; i < count; i++) {
            hashes[i] = in.fixed();
            last += in.whole();
            minutes[i] = last;
        }
        return SeenEvents.of(hashes, minutes, spilled);
    }

    private static void contacts(BlobWriter out, ContactHistory contacts) {
        out.whole(contacts.timesBySlot().size());
        contacts.timesBySlot().forEach((slot, times) -> {
            out.signed(slot);
            out.whole(times.size());
            times.forEach(out::millis);
        });
    }

    private static ContactHistory contacts(BlobReader in) {
        var timesBySlot = new TreeMap<Integer, List<Long>>();
        for (int slot = in.count(); slot > 0; slot--) {
            int key = (int) in.signed();
            var times = new ArrayList<Long>();
            for (int time = in.count(); time > 0; time--) {
                times.add(in.millis());
            }
            timesBySlot.put(key, List.copyOf(times));
        }
        return new ContactHistory(timesBySlot);
    }
}
