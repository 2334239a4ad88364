package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Judged;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.pack.RuleContest.Found;
import io.tappa.engine.pause.Pauses;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A small pack of decision rules: what the checker says of it, and what the engine decides. */
final class DecisionLab {
    private static final Map<String, String> AROUND = Map.of(
            "pack.yaml",
            """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            languages: [en]
            journey: shop
            """,
            "journeys/shop.yaml",
            """
            journey: shop
            start: a
            stages: { a: {}, b: { ends: yes } }
            moves:
              - { id: goes, on: Order Completed, to: b }
            """,
            "facts.yaml",
            """
            facts:
              size:  { type: whole, trait: size }
              gap:   { type: whole, upTo: 6, of: size }
              taste: { type: word, trait: taste }
            """,
            "personas.yaml",
            """
            personas:
              big: { if: { size: at least 4 } }
            """,
            "segments.yaml",
            """
            segments:
              sweet: { if: { taste: red or blue } }
            """,
            "touchpoints.yaml",
            """
            touchpoints:
              home: { channel: site, placements: { hero: {}, side: {} } }
            """,
            "offers.yaml",
            """
            offers:
              o1: { value: 1, content: { site: { en: { title: One } } } }
              o2: { value: 2, content: { site: { en: { title: Two } } } }
              o3: { value: 1, content: { site: { en: { title: Three } } } }
              o4: { value: 2, content: { site: { en: { title: Four } } } }
            """);

    private final PackSnapshot pack;
    private final List<Problem> problems;

    /** The usual pack with these files in place of its own, or beside them. */
    DecisionLab(Map<String, String> files) {
        var result = read(files);
        problems = result.problems();
        assertThat(problems).extracting(Problem::severity).as("%s", problems).doesNotContain(Problem.Severity.ERROR);
        pack = Objects.requireNonNull(result.snapshot());
    }

    /** Whether the usual pack can be read with these files. */
    static boolean canRead(Map<String, String> files) {
        return read(files).snapshot() != null;
    }

    private static PackResult read(Map<String, String> files) {
        var all = new TreeMap<>(AROUND);
        all.putAll(files);
        return PackReader.read(new PackFiles(all), PlainRuleSet::new);
    }

    /** The usual settings, and more of them. */
    static String settings(String more) {
        return AROUND.get("pack.yaml") + more;
    }

    PackSnapshot pack() {
        return pack;
    }

    List<String> codes() {
        return problems.stream().map(Problem::code).toList();
    }

    /** What is said of the decision rules, without its cures. */
    List<String> said() {
        return problems.stream()
                .map(problem -> problem.code() + ": " + problem.what())
                .toList();
    }

    List<Found> found() {
        return DecisionCheck.found(pack);
    }

    List<Placement> placements() {
        return Objects.requireNonNull(pack.touchpoints().find("home")).placements();
    }

    /** What rules see of somebody with these values. */
    FactValues visitor(SortedMap<String, String> values, long atMillis) {
        var around = new Circumstances(atMillis, null, "home", new TreeMap<>(), new TreeMap<>(), ProductNews.NONE);
        return pack.personas().recognise(pack.facts().assume(values, around));
    }

    /** Somebody who asks on an ordinary day. */
    Inputs inputs(List<Placement> placements, FactValues facts, long atMillis) {
        return inputs(placements, facts, atMillis, new Lots(new TreeMap<>(), new TreeSet<>()), Propensities.NONE);
    }

    /** Somebody for whom this was drawn, when yeses are so likely. */
    Inputs inputs(List<Placement> placements, FactValues facts, long atMillis, Lots lots, Propensities propensities) {
        var touchpoint = Objects.requireNonNull(pack.touchpoints().find("home"));
        var consents = new TreeMap<String, Status>();
        Consent.allNames().forEach(name -> consents.put(name, Status.GRANTED));
        return new Inputs(
                new DecisionRequest(touchpoint, placements, new TreeMap<>(), atMillis),
                facts,
                Memory.NONE,
                new Permissions(consents),
                lots,
                new Surroundings(Pauses.NONE, propensities, new TreeSet<>()));
    }

    /** What the visitor of {@code found} is shown at its placement alone. */
    PlacementDecision decided(Found found) {
        var placement = Objects.requireNonNull(pack.touchpoints().placement(found.placement()));
        return decided(
                inputs(List.of(placement), found.who().facts(), found.who().atMillis()));
    }

    private PlacementDecision decided(Inputs inputs) {
        return Decider.decide(pack, inputs).placements().get(0);
    }

    /** The verdict on the rule called {@code id}, or null where it did not match. */
    static @Nullable String verdict(PlacementDecision decided, String id) {
        return decided.judged().stream()
                .filter(judged -> judged.candidate().rule().id().equals(id))
                .map(Judged::verdict)
                .map(verdict -> verdict.code())
                .findFirst()
                .orElse(null);
    }
}
