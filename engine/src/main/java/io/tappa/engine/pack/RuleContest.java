package io.tappa.engine.pack;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.arbitration.Arbitration.Mode;
import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.arbitration.Candidate;
import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.Inclusion.Alternatives;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rules that show something at one placement with room for one offer: those that another rule always comes before, and
 * those between which only a name decides.
 */
final class RuleContest {
    /** Most pairs of alternatives of one placement that are compared. */
    private static final long MOST_PAIRS = 400_000_000L;
    /** Most of the others with which a visitor is looked for whom both match. */
    private static final int MOST_TRIED = 8;

    private final Placement placement;
    private final Arbitration arbitration;
    private final Steadfast steadfast;
    private final Meeting meeting;
    private final List<Entry> entries;
    private long pairs;

    /** A rule in its place, best first. */
    private record Entry(Ranked ranked, Alternatives alternatives, OpenTimes open) {
        Rule rule() {
            return ranked.candidate().rule();
        }

        Offer offer() {
            return ranked.candidate().offer();
        }

        boolean shows(Offer offer) {
            return offer().key().equals(offer.key());
        }
    }

    /** What may be wrong with a rule. */
    enum Kind {
        /** Another one always comes first. */
        NEVER_WINS,
        /** Another one is as good, and comes first by its name. */
        TIE
    }

    /**
     * Something worth telling about two rules of a placement.
     *
     * @param kind what it is
     * @param own the rule that loses
     * @param by the rule that comes first
     * @param placement full name of the placement
     * @param unlessDismissed whether those do not count who dismissed the offer of {@code by}
     * @param who somebody for whom both rules match
     */
    record Found(Kind kind, Ranked own, Ranked by, String placement, boolean unlessDismissed, Visitor who) {}

    /**
     * Somebody, and when they ask.
     *
     * @param facts what rules see of them
     * @param atMillis the moment, in milliseconds since 1970
     */
    record Visitor(FactValues facts, long atMillis) {}

    RuleContest(PackSnapshot pack, Placement placement, Steadfast steadfast) {
        this.placement = placement;
        this.arbitration = pack.settings().arbitration();
        this.steadfast = steadfast;
        this.meeting = new Meeting(pack, placement, steadfast.channel(placement));
        this.entries = entries(pack);
    }

    private List<Entry> entries(PackSnapshot pack) {
        var candidates = new ArrayList<Candidate>();
        for (var rule : pack.decisions().rules()) {
            if (rule.outcome() instanceof Show show && show.placements().contains(placement.fullName())) {
                var offer = pack.offers().find(show.offer());
                if (offer != null) {
                    candidates.add(new Candidate(rule, offer));
                }
            }
        }
        var campaigns = pack.programme().campaigns();
        return arbitration.ranked(candidates, candidate -> Propensities.MILLION).stream()
                .map(ranked -> new Entry(
                        ranked,
                        new Alternatives(here(ranked.candidate().rule())),
                        OpenTimes.of(
                                ranked.candidate().rule(), ranked.candidate().offer(), campaigns)))
                .toList();
    }

    /** The alternatives of {@code rule} that can hold at the touchpoint, which they need not ask for any more. */
    private List<Box> here(Rule rule) {
        return rule.alternatives().stream()
                .filter(box -> box.conditions().stream().allMatch(one -> !asksWhere(one) || isHere(one)))
                .map(box -> new Box(
                        box.conditions().stream().filter(one -> !asksWhere(one)).toList()))
                .toList();
    }

    private static boolean asksWhere(Condition condition) {
        return condition.fact().source() instanceof Source.TouchpointKey;
    }

    private boolean isHere(Condition condition) {
        return condition.values().holdsForWord(placement.touchpoint());
    }

    /** Whether figures of each day decide between its rules, so that nothing can be said about them. */
    static boolean isOpenEnded(Arbitration arbitration) {
        return arbitration.mode() == Mode.SCORE && arbitration.propensity();
    }

    /** Whether it has rules to choose between. */
    boolean hasSeveral() {
        return entries.size() > 1;
    }

    /** Whether there were too many pairs to compare them all. */
    boolean isCutShort() {
        return pairs > MOST_PAIRS;
    }

    /** At most one of each kind for each rule: that with the best of the others. */
    List<Found> found() {
        var found = new ArrayList<Found>();
        if (placement.count() > 1 || isOpenEnded(arbitration)) {
            return found;
        }
        for (int own = 1; own < entries.size() && !isCutShort(); own++) {
            if (entries.get(own).open().isEver()) {
                var never = neverWins(own);
                var one = never == null ? tie(own) : never;
                if (one != null) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    private @Nullable Found neverWins(int place) {
        var own = entries.get(place);
        int tried = 0;
        for (int before = 0; before < place && tried < MOST_TRIED; before++) {
            var by = entries.get(before);
            pairs += own.alternatives().pairs(by.alternatives());
            if (isCertain(by, own)
                    && by.alternatives().cover(own.alternatives())
                    && by.open().covers(own.open())
                    && staysThere(by, own)) {
                tried++;
                var who = meeting.find(own.ranked(), by.ranked(), own.open());
                if (who != null) {
                    boolean unlessDismissed = !by.shows(own.offer()) && Steadfast.canBeDismissed(by.offer());
                    return new Found(
                            Kind.NEVER_WINS, own.ranked(), by.ranked(), placement.fullName(), unlessDismissed, who);
                }
            }
        }
        return null;
    }

    /** Whether {@code by}, which comes first if all propensities are equal, does so whatever they are. */
    private boolean isCertain(Entry by, Entry own) {
        if (!arbitration.propensity() || by.rule().priority() > own.rule().priority()) {
            return true;
        }
        return by.shows(own.offer()) && by.rule().id().compareTo(own.rule().id()) < 0;
    }

    /** What keeps an offer away keeps it away from all rules that show it. */
    private boolean staysThere(Entry by, Entry own) {
        return by.shows(own.offer())
                || (placement.keep() == null && steadfast.isAlwaysThere(by.offer(), placement, known(own.rule())));
    }

    /** The facts that are known of everybody for whom {@code rule} matches. */
    private static Set<Fact> known(Rule rule) {
        var ofBoxes = rule.alternatives().stream().map(RuleContest::known).toList();
        var known = new HashSet<Fact>();
        ofBoxes.forEach(known::addAll);
        ofBoxes.forEach(known::retainAll);
        return known;
    }

    private static Set<Fact> known(Box box) {
        return box.conditions().stream()
                .filter(condition -> !condition.values().equals(new Known(false)))
                .map(Condition::fact)
                .collect(Collectors.toSet());
    }

    private @Nullable Found tie(int place) {
        var own = entries.get(place);
        int tried = 0;
        for (int before = place - 1; before >= 0 && tried < MOST_TRIED && !arbitration.propensity(); before--) {
            var by = entries.get(before);
            if (!isEqual(by, own)) {
                break;
            }
            pairs += own.alternatives().pairs(by.alternatives());
            boolean mayMeet = !by.shows(own.offer()) && own.alternatives().mayMeet(by.alternatives());
            var open = mayMeet ? by.open().and(own.open()) : null;
            if (open != null && open.isEver()) {
                tried++;
                var who = meeting.find(own.ranked(), by.ranked(), open);
                if (who != null) {
                    return new Found(Kind.TIE, own.ranked(), by.ranked(), placement.fullName(), false, who);
                }
            }
        }
        return null;
    }

    private boolean isEqual(Entry by, Entry own) {
        boolean isPriority = arbitration.mode() == Mode.SCORE
                || by.rule().priority() == own.rule().priority();
        return isPriority && by.ranked().score().equals(own.ranked().score());
    }
}
