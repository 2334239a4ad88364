package io.tappa.api.store.redis;

import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.visitor.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is remembered of decisions, as a part of a visitor's blob; what most visitors do not have takes no room. */
final class MemoryCodec {
    private static final int SPENT = 2;
    private static final int GIVEN = 4;
    private static final int KEPT = 8;
    private static final int DISMISSED = 16;
    private static final int SHOWN = 32;
    private static final int OUTCOMES = 64;

    private MemoryCodec() {}

    static void counts(BlobWriter out, Memory memory) {
        var timesBySlot = memory.contacts().timesBySlot();
        out.whole(timesBySlot.size());
        timesBySlot.forEach((slot, times) -> {
            out.slot(slot);
            out.whole(times.size());
            times.forEach(out::millis);
        });
    }

    static SortedMap<Integer, List<Long>> counts(BlobReader in) {
        var timesBySlot = new TreeMap<Integer, List<Long>>();
        for (int slot = in.count(); slot > 0; slot--) {
            int key = in.slot();
            var times = new ArrayList<Long>();
            for (int time = in.count(); time > 0; time--) {
                times.add(in.millis());
            }
            timesBySlot.put(key, List.copyOf(times));
        }
        return timesBySlot;
    }

    /** Which parts there are beside the counts, one bit each. */
    static int parts(Memory memory) {
        return (memory.contacts().spent().isEmpty() ? 0 : SPENT)
                | (memory.contacts().given().isEmpty() ? 0 : GIVEN)
                | (memory.kept().isEmpty() ? 0 : KEPT)
                | (memory.dismissed().isEmpty() ? 0 : DISMISSED)
                | (memory.shown().isEmpty() ? 0 : SHOWN)
                | (memory.outcomes().isEmpty() ? 0 : OUTCOMES);
    }

    static void more(BlobWriter out, Memory memory) {
        var spent = memory.contacts().spent();
        if (!spent.isEmpty()) {
            out.whole(spent.size());
            spent.forEach((lapses, points) -> {
                out.millis(lapses);
                out.whole(points);
            });
        }
        var given = memory.contacts().given();
        if (!given.isEmpty()) {
            out.whole(given.size());
            given.forEach((slot, what) -> {
                out.slot(slot);
                out.slot(what.offer());
                out.millis(what.atMillis());
            });
        }
        if (!memory.kept().isEmpty()) {
            out.whole(memory.kept().size());
            memory.kept().forEach((placement, kept) -> {
                out.raw(placement);
                out.whole(kept.offers().size());
                kept.offers().forEach(out::raw);
                out.millis(kept.untilMillis());
            });
        }
        ofOffers(out, memory);
        if (!memory.outcomes().isEmpty()) {
            out.whole(memory.outcomes().size());
            memory.outcomes().forEach((name, outcome) -> {
                out.text(name);
                out.text(outcome.arm());
                out.millis(outcome.sinceMillis());
                out.whole(outcome.reached());
                out.whole(outcome.value());
            });
        }
    }

    private static void ofOffers(BlobWriter out, Memory memory) {
        if (!memory.dismissed().isEmpty()) {
            out.whole(memory.dismissed().size());
            memory.dismissed().forEach((offer, at) -> {
                out.text(offer);
                out.millis(at);
            });
        }
        if (!memory.shown().isEmpty()) {
            out.whole(memory.shown().size());
            for (var shown : memory.shown()) {
                out.text(shown.offer());
                out.text(shown.placement());
                out.text(shown.stage());
                out.whole(shown.clicked() ? 1 : 0);
                out.millis(shown.atMillis());
            }
        }
    }

    static Memory more(BlobReader in, SortedMap<Integer, List<Long>> timesBySlot, int parts) {
        var spent = new TreeMap<Long, Long>();
        for (int stretch = (parts & SPENT) == 0 ? 0 : in.count(); stretch > 0; stretch--) {
            spent.put(in.millis(), in.whole());
        }
        var given = new TreeMap<Integer, ContactHistory.Given>();
        for (int group = (parts & GIVEN) == 0 ? 0 : in.count(); group > 0; group--) {
            given.put(in.slot(), new ContactHistory.Given(in.slot(), in.millis()));
        }
        var kept = new TreeMap<String, Memory.Kept>();
        for (int place = (parts & KEPT) == 0 ? 0 : in.count(); place > 0; place--) {
            kept.put(in.raw(), kept(in));
        }
        var dismissed = new TreeMap<String, Long>();
        for (int offer = (parts & DISMISSED) == 0 ? 0 : in.count(); offer > 0; offer--) {
            dismissed.put(in.text(), in.millis());
        }
        var shown = new ArrayList<Memory.Shown>();
        for (int offer = (parts & SHOWN) == 0 ? 0 : in.count(); offer > 0; offer--) {
            shown.add(shown(in));
        }
        var outcomes = new TreeMap<String, Memory.Outcome>();
        for (int comparison = (parts & OUTCOMES) == 0 ? 0 : in.count(); comparison > 0; comparison--) {
            outcomes.put(in.text(), new Memory.Outcome(in.text(), in.millis(), in.whole(), in.whole()));
        }
        return new Memory(new ContactHistory(timesBySlot, spent, given), kept, dismissed, shown, outcomes);
    }

    private static Memory.Shown shown(BlobReader in) {
        var offer = in.text();
        var placement = in.text();
        var stage = in.text();
        boolean clicked = in.whole() == 1;
        return new Memory.Shown(offer, placement, stage, in.millis(), clicked);
    }

    private static Memory.Kept kept(BlobReader in) {
        var offers = new ArrayList<String>();
        for (int offer = in.count(); offer > 0; offer--) {
            offers.add(in.raw());
        }
        return new Memory.Kept(offers, in.millis());
    }
}
