package io.tappa.engine.pack;

import io.tappa.engine.contact.ContactPolicy;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.persona.Segments;
import io.tappa.engine.rule.RuleSet;
import io.tappa.engine.touchpoint.Touchpoints;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything one pack says, compiled: immutable, named by the hash of its files.
 *
 * @param settings what pack.yaml says
 * @param hash SHA-256 of the files, in hexadecimal digits
 * @param facts what rules may ask
 * @param personas kinds of buyers, and the segments that build on them
 * @param journeys stages and moves, by key
 * @param touchpoints where something can be shown
 * @param offers what can be shown
 * @param moves the moves of all journeys, compiled
 * @param decisions the decision rules, compiled
 * @param policy how often a visitor may be shown something
 * @param scenarios what the author expects
 * @param keep how long somebody who may be remembered is, after their last event; the operator's setting, no file's
 */
public record PackSnapshot(
        PackSettings settings,
        String hash,
        FactCatalog facts,
        Personas personas,
        List<Journey> journeys,
        Touchpoints touchpoints,
        OfferCatalog offers,
        RuleSet moves,
        RuleSet decisions,
        ContactPolicy policy,
        List<Scenario> scenarios,
        Duration keep) {
    /** How long visitors are remembered unless the operator says otherwise. */
    public static final Duration KEEP = Duration.ofDays(395);

    private static final int SHORT_HASH = 12;

    public PackSnapshot {
        journeys = List.copyOf(journeys);
        scenarios = List.copyOf(scenarios);
    }

    /** The same pack, where visitors are remembered for {@code other} after their last event. */
    public PackSnapshot keeping(Duration other) {
        return new PackSnapshot(
                settings,
                hash,
                facts,
                personas,
                journeys,
                touchpoints,
                offers,
                moves,
                decisions,
                policy,
                scenarios,
                other);
    }

    /** The name people see: {@code shop@3f2a90bc11de}. */
    public String version() {
        return settings.name() + "@" + hash.substring(0, SHORT_HASH);
    }

    /** The journey called {@code key}, or null. */
    public @Nullable Journey journey(String key) {
        return journeys.stream()
                .filter(journey -> journey.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Groups of visitors. */
    public Segments segments() {
        return personas.segments();
    }

    /** The facts of a visitor when a decision is asked at {@code touchpoint}, or at none. */
    public FactValues factsFor(
            VisitorState visitor, long nowMillis, @Nullable String touchpoint, SortedMap<String, String> context) {
        var around = around(nowMillis, null, touchpoint, context, visitor.now());
        return personas.recognise(facts.read(visitor.gathered(facts), around));
    }

    /** What holds around a visitor at {@code positions}. */
    public Circumstances around(
            long nowMillis,
            @Nullable String event,
            @Nullable String touchpoint,
            SortedMap<String, String> context,
            Positions positions) {
        return new Circumstances(nowMillis, event, touchpoint, context, positions.judgedIn(journeys));
    }

    /** Those of the event's values that must be kept: what some fact reads, and what a stage set by hand says. */
    public SortedMap<String, String> kept(VisitorEvent event) {
        return event.name().equals(VisitorEvent.STAGE_SET) ? event.values() : facts.kept(event.name(), event.values());
    }

    /** No context at all. */
    public static SortedMap<String, String> noContext() {
        return new TreeMap<>();
    }
}
