package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.contact.ContactPolicy;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.fact.Source;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.persona.Personas;
import io.tappa.engine.persona.Segments;
import io.tappa.engine.rule.RuleSet;
import io.tappa.engine.rule.box.Asking;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.touchpoint.Touchpoints;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything one pack says, compiled: immutable, named by the hash of its files.
 *
 * @param settings what pack.yaml says
 * @param hash SHA-256 of the files, in hexadecimal digits
 * @param facts what rules may ask
 * @param money amounts in the pack's currency
 * @param surveys how foreign survey tools are read
 * @param personas kinds of buyers, and the segments that build on them
 * @param journeys stages and moves, by key
 * @param touchpoints where something can be shown
 * @param offers what can be shown
 * @param moves the moves of all journeys, compiled
 * @param decisions the decision rules, compiled
 * @param policy how often a visitor may be shown something
 * @param programme campaigns and experiments
 * @param scenarios what the author expects
 * @param keep how long somebody who may be remembered is, after their last event; the operator's setting, no file's
 */
public record PackSnapshot(
        PackSettings settings,
        String hash,
        FactCatalog facts,
        Money money,
        List<Survey> surveys,
        Personas personas,
        List<Journey> journeys,
        Touchpoints touchpoints,
        OfferCatalog offers,
        RuleSet moves,
        RuleSet decisions,
        ContactPolicy policy,
        Programme programme,
        List<Scenario> scenarios,
        Duration keep) {
    /** How long visitors are remembered unless the operator says otherwise. */
    public static final Duration KEEP = Duration.ofDays(395);

    private static final int SHORT_HASH = 12;

    public PackSnapshot {
        surveys = List.copyOf(surveys);
        journeys = List.copyOf(journeys);
        scenarios = List.copyOf(scenarios);
    }

    /** The same pack, some of whose facts are gathered only since a certain moment. */
    public PackSnapshot gathered(Gathering gathering) {
        return with(facts.gathered(gathering), personas, decisions, keep);
    }

    /** The same pack, where visitors are remembered for {@code other} after their last event. */
    public PackSnapshot keeping(Duration other) {
        return with(facts, personas, decisions, other);
    }

    /** The same pack with other decision rules. */
    public PackSnapshot deciding(RuleSet other) {
        return with(facts, personas, other, keep);
    }

    private PackSnapshot with(FactCatalog catalog, Personas recognised, RuleSet rules, Duration kept) {
        return new PackSnapshot(
                settings,
                hash,
                catalog,
                money,
                surveys,
                recognised,
                journeys,
                touchpoints,
                offers,
                moves,
                rules,
                policy,
                programme,
                scenarios,
                kept);
    }

    /** The name people see: {@code shop@3f2a90bc11de}. */
    public String version() {
        return version(settings.name(), hash);
    }

    /** The same of the version of the pack {@code name} that has this hash. */
    public static String version(String name, String hash) {
        return name + "@" + hash.substring(0, SHORT_HASH);
    }

    /** All that decides when visitors are woken, as one line: another line, and everybody's timer must be set anew. */
    public String timers() {
        var timers = new StringJoiner("; ");
        timers.add(keep.toString());
        timers.add(settings.missingConsent(Consent.REMEMBER));
        for (var journey : journeys) {
            journey.moves().stream()
                    .filter(move -> move.after() != null)
                    .forEach(move ->
                            timers.add("%s %s %s %s".formatted(journey.key(), move.from(), move.after(), move.to())));
        }
        return timers.toString();
    }

    /** The journey called {@code key}, or null. */
    public @Nullable Journey journey(String key) {
        return journeys.stream()
                .filter(journey -> journey.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /** Everybody who may ask for a decision, told by where they stand in the pack's own journey. */
    public Terrain whoAsks(Asking asking) {
        var own = Objects.requireNonNull(journey(settings.journey()));
        return new Terrain(own, journeys, facts, personas, asking);
    }

    /** Groups of visitors. */
    public Segments segments() {
        return personas.segments();
    }

    /** The facts of a visitor when a decision is asked at {@code touchpoint}, or at none. */
    public FactValues factsFor(
            VisitorState visitor, long nowMillis, @Nullable String touchpoint, SortedMap<String, String> context) {
        return factsFor(visitor, nowMillis, touchpoint, context, ProductNews.NONE);
    }

    /** The same, with what is known of products. */
    public FactValues factsFor(
            VisitorState visitor,
            long nowMillis,
            @Nullable String touchpoint,
            SortedMap<String, String> context,
            ProductNews news) {
        return look(visitor, null, nowMillis, touchpoint, context, news).facts();
    }

    /**
     * What is known of a visitor, and what was drawn for them.
     *
     * @param facts the facts
     * @param lots variations of experiments, and what they are held back from
     */
    public record Look(FactValues facts, Lots lots) {}

    /** The same, with what is drawn for {@code unitKey}; without a key nothing is. */
    public Look look(
            VisitorState visitor,
            @Nullable String unitKey,
            long nowMillis,
            @Nullable String touchpoint,
            SortedMap<String, String> context,
            ProductNews news) {
        var stages = visitor.now().judgedIn(journeys);
        var around = new Circumstances(nowMillis, null, touchpoint, context, stages, news);
        var cells = visitor.gathered(facts);
        var lots = unitKey == null ? Lots.NONE : Lots.of(programme, unitKey, cells, touchpoint, nowMillis);
        return new Look(personas.recognise(lots.fill(this, facts.read(cells, around))), lots);
    }

    /**
     * The same pack for whoever asks only {@code alternatives} of many visitors: it tells the facts that these ask and no
     * others, unless they ask for personas or segments.
     */
    public PackSnapshot asking(Collection<Box> alternatives) {
        var asked = alternatives.stream()
                .map(Box::conditions)
                .flatMap(List::stream)
                .map(Condition::fact)
                .toList();
        boolean asksForGroups = asked.stream()
                .map(Fact::source)
                .anyMatch(source -> source instanceof Source.Personas
                        || source instanceof Source.Segments
                        || source instanceof Source.FirstMatching);
        return asksForGroups ? this : with(facts.only(asked), personas.none(), decisions, keep);
    }

    /** What holds around a visitor at {@code positions}. */
    public Circumstances around(
            long nowMillis,
            @Nullable String event,
            @Nullable String touchpoint,
            SortedMap<String, String> context,
            Positions positions) {
        return new Circumstances(nowMillis, event, touchpoint, context, positions.judgedIn(journeys), ProductNews.NONE);
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
