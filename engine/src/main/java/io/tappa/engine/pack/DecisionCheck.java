package io.tappa.engine.pack;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.arbitration.Arbitration.Mode;
import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.RuleContest.Found;
import io.tappa.engine.pack.RuleContest.Kind;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks through the decision rules for those that never win, and for those between which only a name decides. */
final class DecisionCheck {
    private static final int MOST_FACTS = 6;

    private final PackSnapshot pack;
    private final Arbitration arbitration;
    private final Problems problems;
    private final List<Found> found = new ArrayList<>();
    private final List<String> cutShort = new ArrayList<>();
    private boolean hasSeveral;

    private DecisionCheck(PackSnapshot pack, Problems problems) {
        this.pack = pack;
        this.arbitration = pack.settings().arbitration();
        this.problems = problems;
    }

    /** Checks the rules of {@code pack}, which has no errors. */
    static void check(PackSnapshot pack, Problems problems) {
        var check = new DecisionCheck(pack, problems);
        check.look();
        check.tell();
    }

    /** What is found at all placements, in the order of their names. */
    static List<Found> found(PackSnapshot pack) {
        var check = new DecisionCheck(pack, new Problems());
        check.look();
        return check.found;
    }

    private void look() {
        var steadfast = new Steadfast(pack);
        for (var touchpoint : pack.touchpoints().all()) {
            for (var placement : touchpoint.placements()) {
                var contest = new RuleContest(pack, placement, steadfast);
                found.addAll(contest.found());
                hasSeveral |= contest.hasSeveral();
                if (contest.isCutShort()) {
                    cutShort.add(placement.fullName());
                }
            }
        }
    }

    private void tell() {
        if (RuleContest.isOpenEnded(arbitration)) {
            if (hasSeveral) {
                problems.warning(
                        "not-checked",
                        Place.file(PackRoots.PACK),
                        "With arbitrate: score and propensity on, figures of each day decide which rule wins; never-wins and tie are not checked.",
                        "If you want them checked, remove \"arbitrate: score\", or add \"arbitration: { propensity: no }\".");
            }
            return;
        }
        for (var placement : cutShort) {
            problems.warning(
                    "not-checked",
                    Place.file("decisions"),
                    "At %s there are too many rules with too many alternatives to tell which of them never win."
                            .formatted(placement),
                    "Ask for less in \"any of\", or remove rules that have ended.");
        }
        var alike = new LinkedHashMap<List<Object>, List<Found>>();
        for (var one : found) {
            var key = List.<Object>of(
                    one.kind(), rule(one.own()).id(), rule(one.by()).id(), one.unlessDismissed());
            alike.computeIfAbsent(key, anew -> new ArrayList<>()).add(one);
        }
        alike.values().forEach(this::tell);
    }

    private void tell(List<Found> alike) {
        var one = alike.get(0);
        var where = alike.stream().map(Found::placement).collect(Collectors.joining(", "));
        var own = rule(one.own());
        if (one.kind() == Kind.NEVER_WINS) {
            neverWins(one, own, where);
        } else {
            tie(one, own, where);
        }
    }

    private void neverWins(Found one, Rule own, String where) {
        var by = rule(one.by());
        var example = example(one);
        problems.warning(
                "never-wins",
                own.place().inside(own.id()),
                "%s never wins at %s%s: %s matches whenever it does%s and comes first: %s."
                        .formatted(
                                own.id(),
                                where,
                                one.unlessDismissed() ? ", but for those who dismissed " + offer(one.by()) : "",
                                by.id(),
                                example.isEmpty() ? "" : example + ",",
                                because(one)),
                cure(one));
    }

    private String cure(Found one) {
        boolean isPriority = arbitration.mode() == Mode.PRIORITY
                && rule(one.own()).priority() < rule(one.by()).priority();
        return isPriority
                ? "Give it a higher priority than %s, let %s ask for more, or remove it."
                        .formatted(rule(one.by()).id(), rule(one.by()).id())
                : "Give it a higher priority, let %s ask for more, or remove it."
                        .formatted(rule(one.by()).id());
    }

    private void tie(Found one, Rule own, String where) {
        problems.warning(
                "tie",
                own.place().inside(own.id()),
                "Only names decide between %s and %s at %s%s: by %s both are worth the same, so %s wins, since the offer %s comes before %s in the alphabet."
                        .formatted(
                                own.id(),
                                rule(one.by()).id(),
                                where,
                                example(one),
                                mode(),
                                rule(one.by()).id(),
                                offer(one.by()),
                                offer(one.own())),
                "Give the one that should win a higher priority, or let one of them exclude the other.");
    }

    /** Why the better one comes first, by the mode in force. */
    private String because(Found one) {
        var own = rule(one.own());
        var by = rule(one.by());
        if (arbitration.mode() == Mode.PRIORITY && own.priority() != by.priority()) {
            return "priority is strict, and %d is more than %d".formatted(by.priority(), own.priority());
        }
        if (!one.own().score().equals(one.by().score())) {
            return "by %s it is worth more".formatted(mode());
        }
        var ofOffers = "the offer %s comes before %s".formatted(offer(one.by()), offer(one.own()));
        var ofRules = "%s comes before %s".formatted(by.id(), own.id());
        return "by %s both are worth the same, and %s in the alphabet"
                .formatted(mode(), offer(one.by()).equals(offer(one.own())) ? ofRules : ofOffers);
    }

    /** The mode in force, with its factors. */
    private String mode() {
        var factors = Stream.of(
                        arbitration.mode() == Mode.SCORE ? "priority" : "",
                        arbitration.propensity() ? "propensity" : "",
                        arbitration.value() ? "value" : "",
                        arbitration.weight() ? "weight" : "")
                .filter(factor -> !factor.isEmpty())
                .collect(Collectors.joining(" × "));
        if (arbitration.mode() == Mode.SCORE) {
            return "arbitrate: score (%s)".formatted(factors);
        }
        return factors.isEmpty() ? "strict priority alone" : "strict priority, then %s,".formatted(factors);
    }

    /** The visitor in words: what the two rules ask, and what is true of them; empty where they ask for nothing. */
    private String example(Found one) {
        var words = FactWords.english(pack.settings());
        var told = Stream.of(rule(one.own()), rule(one.by()))
                .flatMap(rule -> rule.alternatives().stream())
                .flatMap(box -> box.conditions().stream())
                .map(condition -> condition.fact())
                .distinct()
                .filter(DecisionCheck::isTelling)
                .limit(MOST_FACTS)
                .map(fact -> "%s %s"
                        .formatted(fact.label(), words.inWords(fact, one.who().facts())))
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? "" : ", for example for somebody with " + told;
    }

    private static boolean isTelling(Fact fact) {
        return !(fact.source() instanceof Source.EventName || fact.source() instanceof Source.TouchpointKey);
    }

    private static Rule rule(Ranked ranked) {
        return ranked.candidate().rule();
    }

    private static String offer(Ranked ranked) {
        return ranked.candidate().offer().key();
    }
}
