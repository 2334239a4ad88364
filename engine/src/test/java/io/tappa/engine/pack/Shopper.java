package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.transition.Merging;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** A small shop, somebody who does this and that in it, and what its facts tell of them. */
public final class Shopper {
    private static final Map<String, String> FILES =
            Map.of("pack.yaml", """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            consent: { personalization_storage: granted }
            journey: shop
            """, "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: {}, intention: { within: 7 days }, purchase: { ends: yes } }
            moves:
              - { id: wants, on: Product Added, to: intention }
              - { id: buys, on: Order Completed, to: purchase }
            """, "journeys/club.yaml", """
            journey: club
            start: outside
            stages: { outside: { within: 2 days }, member: { ends: yes } }
            moves:
              - { id: joins, on: Joined, to: member }
            """, "touchpoints.yaml", """
            touchpoints:
              home:     { channel: site }
              brochure: { channel: print, offline: yes, recognisedBy: { utm: [ brochure-2026, letter ], code: PAPER10 } }
              window:   { channel: pos, offline: yes, recognisedBy: { qr: window-milano } }
              till:     { channel: pos, offline: yes }
              friends:  { channel: word, recognisedBy: { answer: a friend } }
            """);

    private final PackSnapshot pack;
    private final List<VisitorEvent> events = new ArrayList<>();
    private VisitorState state = VisitorState.UNSEEN;

    private Shopper(PackSnapshot pack) {
        this.pack = pack;
    }

    /** What is wrong with a shop of these files. */
    public static List<Problem> problems(Map<String, String> files) {
        return read(files).problems();
    }

    private static PackResult read(Map<String, String> files) {
        var all = new TreeMap<>(FILES);
        all.putAll(files);
        return PackReader.read(new PackFiles(all), PlainRuleSet::new);
    }

    /** Somebody in a shop of these facts. */
    public static Shopper knownBy(String facts) {
        return in(Map.of("facts.yaml", "facts:\n" + facts.indent(2)));
    }

    /** Somebody in a shop of these files. */
    public static Shopper in(Map<String, String> files) {
        var result = read(files);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return new Shopper(Objects.requireNonNull(result.snapshot()));
    }

    /** The same person once the shop has these facts, too; what is new is gathered since {@code time}. */
    public Shopper knownLaterBy(String facts, String time) {
        var next = Objects.requireNonNull(
                read(Map.of("facts.yaml", "facts:\n" + facts.indent(2))).snapshot());
        var since = new TreeMap<Integer, Long>();
        for (int slot : next.facts().slots()) {
            if (!pack.facts().slots().contains(slot)) {
                since.put(slot, Instant.parse(time + ":00Z").toEpochMilli());
            }
        }
        var later = new Shopper(next.gathered(new Gathering(since)));
        later.events.addAll(events);
        later.state = state;
        return later;
    }

    /** The same person once what is new was gathered from a log of everything that happened. */
    public Shopper caughtUp() {
        var slots = pack.facts().gathering().sinceMillis().keySet();
        state = Transitions.backfill(pack, state, events, slots);
        return this;
    }

    /** One more event, at a time such as {@code 2026-03-01T10:00}, with {@code name=value} pairs. */
    public Shopper does(String event, String time, String... values) {
        return does(Identities.of("browser", null), event, time, values);
    }

    /** One more event under another id of the same person. */
    public Shopper doesElsewhere(String event, String time, String... values) {
        return does(Identities.of("browser", "person"), event, time, values);
    }

    /** One more event on another browser. */
    public Shopper doesOn(String browser, String event, String time, String... values) {
        return does(Identities.of(browser, null), event, time, values);
    }

    /** The two as one person, from a time such as {@code 2026-03-01T10:00} on. */
    public Shopper joined(Shopper other, String time) {
        long at = Instant.parse(time + ":00Z").toEpochMilli();
        var ids = List.copyOf(other.state.lanes().keySet());
        var merge = new Merge("m", VisitorKey.of(ids.get(0)), ids, at, "a test", null);
        state = Merging.join(pack, state, other.state, merge).state();
        return this;
    }

    private Shopper does(Identities ids, String event, String time, String... values) {
        var all = new TreeMap<String, String>();
        for (var value : values) {
            var parts = value.split("=", 2);
            all.put(parts[0], parts[1]);
        }
        var happened = new VisitorEvent("m" + events.size(), ids, event, Instant.parse(time + ":00Z"), all);
        events.add(happened);
        state = Transitions.apply(pack, state, List.of(happened), happened.atMillis(), Set.of())
                .state();
        return this;
    }

    /** The state after all this. */
    public VisitorState state() {
        return state;
    }

    /** The pack of the shop. */
    public PackSnapshot pack() {
        return pack;
    }

    /** What a fact tells when the newest event has just happened, in the author's words. */
    public String tells(String fact) {
        return tellsAt(events.stream().mapToLong(VisitorEvent::atMillis).max().orElse(0), fact);
    }

    /** What a fact tells at a time such as {@code 2026-03-01T10:00}. */
    public String tellsAt(String time, String fact) {
        return tellsAt(Instant.parse(time + ":00Z").toEpochMilli(), fact);
    }

    private String tellsAt(long millis, String name) {
        var values = pack.factsFor(state, millis, null, PackSnapshot.noContext());
        var fact = Objects.requireNonNull(pack.facts().find(name), name);
        if (!values.knows(fact)) {
            return "unknown";
        }
        if (fact.type() == FactType.WORDS) {
            return String.join(", ", Objects.requireNonNull(values.words(fact.index())));
        }
        return fact.type().isNumeric()
                ? fact.number(values.number(fact.index())).toPlainString()
                : Objects.requireNonNull(values.word(fact.index()));
    }
}
