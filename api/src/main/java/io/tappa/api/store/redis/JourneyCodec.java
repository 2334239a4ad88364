package io.tappa.api.store.redis;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.visitor.InJourney;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where a visitor is and was, as bytes; ids are written as their places in the list of the visitor's ids. */
final class JourneyCodec {
    private static final int MANY = 0x1f;
    private static final int OTHER_LANE = 0x20;
    private static final int MOVED = 0x40;

    private JourneyCodec() {}

    static void positions(BlobWriter out, Positions positions, List<Identity> ids) {
        out.whole(positions.byJourney().size());
        positions.byJourney().forEach((journey, in) -> {
            out.text(journey);
            out.whole(in.history().size());
            for (var entry : in.history()) {
                out.text(entry.stage());
                out.millis(entry.atMillis());
                out.text(entry.event());
                out.text(entry.move());
                out.whole(ids.indexOf(entry.lane()));
            }
            out.millis(in.sinceMillis());
            out.whole(in.reached().size());
            in.reached().forEach(out::text);
        });
    }

    static Positions positions(BlobReader in, List<Identity> ids) {
        var byJourney = new TreeMap<String, InJourney>();
        for (int journey = in.count(); journey > 0; journey--) {
            var key = in.text();
            var history = new ArrayList<InJourney.Entry>();
            for (int entry = in.count(); entry > 0; entry--) {
                history.add(
                        new InJourney.Entry(in.text(), in.millis(), in.text(), in.text(), ids.get((int) in.whole())));
            }
            long since = in.millis();
            var reached = new TreeSet<String>();
            for (int stage = in.count(); stage > 0; stage--) {
                reached.add(in.text());
            }
            byJourney.put(key, new InJourney(history, reached, since));
        }
        return new Positions(byJourney);
    }

    /** One byte tells how many values there are, up to {@value #MANY}, and whether there is anything unusual. */
    static void recent(BlobWriter out, RecentEvent event, List<Identity> ids) {
        int lane = ids.indexOf(event.lane());
        int values = event.values().size();
        out.octet(Math.min(values, MANY)
                | (lane == 0 ? 0 : OTHER_LANE)
                | (event.steps().isEmpty() ? 0 : MOVED));
        out.millis(event.atMillis());
        out.id(event.messageId());
        out.text(event.name());
        if (lane != 0) {
            out.whole(lane);
        }
        if (values >= MANY) {
            out.whole(values);
        }
        event.values().forEach((path, value) -> {
            out.text(path);
            out.text(value);
        });
        if (!event.steps().isEmpty()) {
            steps(out, event.steps());
        }
    }

    static RecentEvent recent(BlobReader in, List<Identity> ids) {
        int shape = in.octet();
        long at = in.millis();
        var messageId = in.id();
        var name = in.text();
        var lane = ids.get((shape & OTHER_LANE) == 0 ? 0 : (int) in.whole());
        int count = (shape & MANY) == MANY ? in.count() : shape & MANY;
        var values = new TreeMap<String, String>();
        for (int value = count; value > 0; value--) {
            var path = in.text();
            values.put(path, in.text());
        }
        return new RecentEvent(at, messageId, name, lane, values, (shape & MOVED) == 0 ? List.of() : steps(in));
    }

    static void steps(BlobWriter out, List<Step> steps) {
        out.whole(steps.size());
        for (var step : steps) {
            out.text(step.journey());
            out.text(step.stage());
            out.text(step.move());
            out.millis(step.atMillis());
            out.text(step.event());
        }
    }

    static List<Step> steps(BlobReader in) {
        var steps = new ArrayList<Step>();
        for (int step = in.count(); step > 0; step--) {
            steps.add(new Step(in.text(), in.text(), in.text(), in.millis(), in.text()));
        }
        return steps;
    }
}
