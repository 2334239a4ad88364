package io.tappa.loadtests;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** Visitors of a shop, from a seed: typical ones of {@value #EVENTS} events in three weeks, the last of them just now. */
final class GeneratedVisitors {
    /** Events of a typical visitor. */
    static final int EVENTS = 50;
    /** The moment they are asked about. */
    static final long NOW = Instant.parse("2026-05-20T18:00:00Z").toEpochMilli();

    private static final int SESSIONS = 5;
    private static final long PAUSE = Duration.ofMinutes(3).toMillis();

    private final Random random;

    GeneratedVisitors(long seed) {
        this.random = new Random(seed);
    }

    /** Typical visitors as {@code pack} remembers them. */
    List<VisitorState> states(PackSnapshot pack, int count) {
        var states = new ArrayList<VisitorState>();
        for (int visitor = 0; visitor < count; visitor++) {
            states.add(state(pack, events("browser-" + UUID.nameUUIDFromBytes(new byte[] {(byte) visitor}))));
        }
        return states;
    }

    /** Somebody of whom {@code events} are known, each received when it happened. */
    static VisitorState state(PackSnapshot pack, List<VisitorEvent> events) {
        var state = VisitorState.UNSEEN;
        for (var event : events) {
            state = Transitions.apply(pack, state, List.of(event), event.atMillis(), Set.of())
                    .state();
        }
        return state;
    }

    /** What a typical visitor did, oldest first: a few visits of ten events each, one of which tells who it is. */
    List<VisitorEvent> events(String anonymousId) {
        var events = new ArrayList<VisitorEvent>();
        for (int i = 0; i < EVENTS; i++) {
            int session = SESSIONS - 1 - i * SESSIONS / EVENTS;
            long at = NOW
                    - Duration.ofDays(4L * session).toMillis()
                    - PAUSE * (EVENTS / SESSIONS - i % (EVENTS / SESSIONS))
                    + random.nextInt(1_000);
            events.add(i == 0 ? identified(anonymousId, at) : event(anonymousId, at));
        }
        return events;
    }

    /** One more event of somebody, at {@code atMillis}. */
    VisitorEvent event(String anonymousId, long atMillis) {
        int kind = random.nextInt(20);
        var values = new TreeMap<String, String>();
        if (kind < 10) {
            values.put("category", "c" + random.nextInt(GeneratedPack.CATEGORIES));
            values.put("product_id", "p-" + random.nextInt(1_000));
            return of(anonymousId, "Product Viewed", atMillis, values);
        }
        if (kind < 13) {
            values.put("product_id", "p-" + random.nextInt(1_000));
            values.put("price", "%d.90".formatted(5 + random.nextInt(60)));
            return of(anonymousId, "Product Added", atMillis, values);
        }
        if (kind < 14) {
            values.put("order_id", "o-" + random.nextInt(100_000));
            values.put("total", "%d.50".formatted(20 + random.nextInt(200)));
            return of(anonymousId, "Order Completed", atMillis, values);
        }
        if (kind < 15) {
            values.put("kind", "nps");
            values.put("score", String.valueOf(random.nextInt(11)));
            return of(anonymousId, "Survey Answered", atMillis, values);
        }
        return of(anonymousId, kind < 17 ? "Products Searched" : VisitorEvent.PAGE_VIEWED, atMillis, values);
    }

    private VisitorEvent identified(String anonymousId, long atMillis) {
        var traits = new TreeMap<String, String>();
        var countries = GeneratedPack.COUNTRIES;
        traits.put(VisitorEvent.TRAITS + "address.country", countries.get(random.nextInt(countries.size())));
        traits.put(VisitorEvent.TRAITS + "loyaltyCard", random.nextBoolean() ? "yes" : "no");
        for (int figure = 0; figure < GeneratedPack.FIGURES; figure++) {
            traits.put(
                    VisitorEvent.TRAITS + "figure" + figure,
                    String.valueOf(random.nextInt(GeneratedPack.HIGHEST_FIGURE + 1)));
        }
        traits.put(Consent.CONTEXT + Consent.REMEMBER, Consent.Status.GRANTED.key());
        return of(anonymousId, VisitorEvent.IDENTIFIED, atMillis, traits);
    }

    private VisitorEvent of(String anonymousId, String name, long atMillis, SortedMap<String, String> values) {
        var messageId = new UUID(random.nextLong(), random.nextLong()).toString();
        var ids = Identities.of(anonymousId, null);
        return new VisitorEvent(messageId, ids, name, Instant.ofEpochMilli(atMillis), values);
    }
}
