package io.tappa.api.store.redis;

import io.tappa.api.store.Moving;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.visitor.Frontier;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.SeenEvents;
import io.tappa.engine.visitor.VisitorState;
import io.tappa.engine.visitor.Window;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A visitor as one versioned blob.
 *
 * <p>Layout: one byte of kind (4 state, 2 pointer to another visitor, 5 state on its way to another visitor); for a state eight bytes of version, so that the
 * script can compare them without reading on, one byte that is 0 for somebody who is nobody yet, then the sections below. The first byte changes with the format.
 */
final class StateCodec {
    /** Kind of a blob that holds a state. */
    static final int STATE = 4;
    /** Kind of a blob that only names another visitor. */
    static final int POINTER = 2;

    /** Kind of a blob that holds a state nobody may change, since it is being joined to another visitor's. */
    static final int MOVING = 5;

    /** The place of a kind in this list is stored, so new kinds come last. */
    private static final List<IdKind> KINDS =
            List.of(IdKind.ANONYMOUS, IdKind.USER, IdKind.EMAIL, IdKind.CARD, IdKind.DEVICE, IdKind.FUSED);

    /** Beside the parts of a memory, that somebody has no place of their own yet. */
    private static final int DEPARTING = 1;

    private static final int KIND = 0x0f;
    private static final int PROVEN = 0x10;
    private static final int HANDED_OVER = 0x20;
    private static final int JOINED = 0x40;

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

    /** The same state, frozen while it is being joined to another. */
    static byte[] frozen(VisitorState state, Moving moving) {
        var out = new BlobWriter();
        head(out, MOVING, state);
        body(out, state);
        out.raw(moving.into().text());
        out.fixed(moving.atMillis());
        out.raw(moving.because());
        return out.finish();
    }

    /** Where a frozen {@code blob} goes, or null when it is not frozen. */
    static @Nullable Moving moving(byte[] blob) {
        if (blob[0] != MOVING) {
            return null;
        }
        var in = new BlobReader(blob);
        headAndBody(in);
        return new Moving(new VisitorKey(in.raw()), in.fixed(), in.raw());
    }

    /** The eight bytes that stand for {@code version} in a blob. */
    static byte[] version(long version) {
        var writer = new BlobWriter();
        writer.fixed(version);
        return writer.finish();
    }

    /** How the blob of a state of {@code version} begins; empty for version 0, which is never stored. */
    static byte[] head(long version) {
        return version == 0
                ? new byte[0]
                : ByteBuffer.allocate(1 + Long.BYTES)
                        .put((byte) STATE)
                        .putLong(version)
                        .array();
    }

    static byte[] encode(VisitorState state) {
        var out = new BlobWriter();
        head(out, STATE, state);
        body(out, state);
        return out.finish();
    }

    private static void head(BlobWriter out, int kind, VisitorState state) {
        out.octet(kind);
        out.fixed(state.version());
        out.octet(state.isLight() ? 0 : 1);
    }

    private static VisitorState headAndBody(BlobReader in) {
        in.octet();
        long version = in.fixed();
        in.octet();
        return body(in, version);
    }

    private static void body(BlobWriter out, VisitorState state) {
        var ids = new ArrayList<>(state.lanes().keySet());
        out.whole(ids.size());
        state.lanes().forEach((id, lane) -> lane(out, id, lane));
        JourneyCodec.positions(out, state.positions(), ids);
        window(out, state.window(), ids);
        seen(out, state.seen(), ids(state.window()));
        MemoryCodec.counts(out, state.memory());
        merges(out, state.merges());
        out.millis(state.armedMillis());
        out.whole(state.forgottenMillis());
        var departing = state.departing();
        int more = MemoryCodec.parts(state.memory());
        out.octet(more | (departing == null ? 0 : DEPARTING));
        MemoryCodec.more(out, state.memory());
        if (departing != null) {
            out.raw(departing.to().text());
            out.fixed(departing.state().version());
            body(out, departing.state());
        }
    }

    static VisitorState decode(byte[] blob) {
        if (blob[0] != STATE && blob[0] != MOVING) {
            throw new IllegalArgumentException("""
                    kind (%d) of the blob is unknown.
                    Maybe a newer version of Tappa wrote it.""".formatted(blob[0]));
        }
        return headAndBody(new BlobReader(blob));
    }

    private static VisitorState body(BlobReader in, long version) {
        var lanes = new TreeMap<Identity, Lane>();
        var ids = new ArrayList<Identity>();
        for (int lane = in.count(); lane > 0; lane--) {
            int shape = in.octet();
            var id = new Identity(KINDS.get(shape & KIND), in.id());
            ids.add(id);
            lanes.put(id, lane(in, shape));
        }
        var positions = JourneyCodec.positions(in, ids);
        var window = window(in, ids);
        var seen = seen(in, ids(window));
        var counts = MemoryCodec.counts(in);
        var merges = merges(in);
        long armed = in.millis();
        long forgotten = in.whole();
        int more = in.octet();
        var memory = MemoryCodec.more(in, counts, more);
        var departing = (more & DEPARTING) == 0
                ? null
                : new VisitorState.Departing(new VisitorKey(in.raw()), body(in, in.fixed()));
        return new VisitorState(version, lanes, positions, window, seen, memory, merges, armed, forgotten, departing);
    }

    private static void lane(BlobWriter out, Identity id, Lane lane) {
        var handedOver = lane.handedOver();
        out.octet(KINDS.indexOf(id.kind())
                | (lane.proven() ? PROVEN : 0)
                | (handedOver == null ? 0 : HANDED_OVER)
                | (lane.joinedMillis() == 0 ? 0 : JOINED));
        out.id(id.value());
        if (handedOver != null) {
            out.raw(handedOver.to().text());
            out.millis(handedOver.atMillis());
        }
        if (lane.joinedMillis() != 0) {
            out.millis(lane.joinedMillis());
        }
        out.whole(lane.events());
        out.whole(lane.cells().size());
        lane.cells().forEach((slot, cell) -> {
            out.slot(slot);
            CellCodec.cell(out, cell);
        });
    }

    private static Lane lane(BlobReader in, int shape) {
        var handedOver = (shape & HANDED_OVER) == 0 ? null : new Lane.HandOver(new VisitorKey(in.raw()), in.millis());
        long joined = (shape & JOINED) == 0 ? 0 : in.millis();
        long events = in.whole();
        var cells = new TreeMap<Integer, Cell>();
        for (int cell = in.count(); cell > 0; cell--) {
            cells.put(in.slot(), CellCodec.cell(in));
        }
        return new Lane(joined, (shape & PROVEN) != 0, handedOver, events, cells);
    }

    private static void window(BlobWriter out, Window window, List<Identity> ids) {
        var frontier = window.frontier();
        out.octet(frontier == null ? 0 : 1);
        if (frontier != null) {
            out.millis(frontier.atMillis());
            out.id(frontier.messageId());
        }
        out.whole(window.recent().size());
        window.recent().forEach(event -> JourneyCodec.recent(out, event, ids));
        JourneyCodec.steps(out, window.silence());
        out.whole(window.wokenMillis());
    }

    private static Window window(BlobReader in, List<Identity> ids) {
        var frontier = in.octet() == 0 ? null : new Frontier(in.millis(), in.id());
        var recent = new ArrayList<RecentEvent>();
        for (int event = in.count(); event > 0; event--) {
            recent.add(JourneyCodec.recent(in, ids));
        }
        return new Window(frontier, recent, JourneyCodec.steps(in), in.whole());
    }

    private static void merges(BlobWriter out, List<Merge> merges) {
        out.whole(merges.size());
        for (var merge : merges) {
            out.raw(merge.id());
            out.raw(merge.other().text());
            out.whole(merge.ids().size());
            merge.ids().forEach(id -> {
                out.octet(KINDS.indexOf(id.kind()));
                out.id(id.value());
            });
            out.millis(merge.atMillis());
            out.raw(merge.because());
            var undone = merge.undoneMillis();
            out.octet(undone == null ? 0 : 1);
            if (undone != null) {
                out.millis(undone);
            }
        }
    }

    private static List<Merge> merges(BlobReader in) {
        var merges = new ArrayList<Merge>();
        for (int merge = in.count(); merge > 0; merge--) {
            var id = in.raw();
            var other = new VisitorKey(in.raw());
            var ids = new ArrayList<Identity>();
            for (int one = in.count(); one > 0; one--) {
                ids.add(new Identity(KINDS.get(in.octet()), in.id()));
            }
            merges.add(new Merge(id, other, ids, in.millis(), in.raw(), in.octet() == 0 ? null : in.millis()));
        }
        return merges;
    }

    /** The hashes of the recent events' ids: as far as events were seen that are recent, their hashes need no room. */
    private static long[] ids(Window window) {
        return window.recent().stream()
                .mapToLong(event -> Hashes.first64(event.messageId()))
                .toArray();
    }

    private static void seen(BlobWriter out, SeenEvents seen, long[] recent) {
        var hashes = seen.hashes();
        var minutes = seen.minutes();
        out.octet(seen.spilled() ? 1 : 0);
        out.whole(hashes.length);
        long last = 0;
        for (int i = 0; i < hashes.length; i++) {
            int place = place(recent, hashes[i]);
            out.octet(place + 1);
            if (place < 0) {
                out.fixed(hashes[i]);
            }
            out.whole(minutes[i] - last);
            last = minutes[i];
        }
    }

    private static int place(long[] recent, long hash) {
        for (int place = 0; place < recent.length; place++) {
            if (recent[place] == hash) {
                return place;
            }
        }
        return -1;
    }

    private static SeenEvents seen(BlobReader in, long[] recent) {
        boolean spilled = in.octet() == 1;
        int count = in.count();
        var hashes = new long[count];
        var minutes = new long[count];
        long last = 0;
        for (int i = 0; i < count; i++) {
            int place = in.octet() - 1;
            hashes[i] = place < 0 ? in.fixed() : recent[place];
            last += in.whole();
            minutes[i] = last;
        }
        return SeenEvents.of(hashes, minutes, spilled);
    }
}
