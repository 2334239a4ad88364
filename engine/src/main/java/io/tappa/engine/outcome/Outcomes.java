package io.tappa.engine.outcome;

import io.tappa.engine.contact.Contact;
import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Verdict;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.experiment.Goal;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.Memory.Outcome;
import io.tappa.engine.visitor.Memory.Shown;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What people made of offers: seen, clicked, dismissed, and what they did afterwards.
 *
 * <p>An event counts once, as it arrives: for attribution, the offer clicked last within the goal's time before it, else the
 * one seen last. Whoever is part of a comparison is one of its people from the first decision on that concerns it, be they
 * shown something or held out.
 */
public final class Outcomes {
    /** The event that says that an offer was seen. */
    public static final String VIEWED = "Promotion Viewed";
    /** The event that says that an offer was clicked. */
    public static final String CLICKED = "Promotion Clicked";
    /** The event that says that an offer was not wanted. */
    public static final String DISMISSED = "Promotion Dismissed";
    /** What it is called in the counters when a goal was reached after an offer. */
    public static final String CONVERTED = "converted";
    /** Where these events name the offer. */
    public static final String OFFER = "promotion_id";
    /** Where these events name the placement, as {@code touchpoint.placement}. */
    public static final String PLACEMENT = "position";
    /** Where these events name the decision. */
    public static final String DECISION = "decisionId";

    /** One person's value is no more than this, so that sums of squares stay numbers. */
    private static final long MOST_VALUE = 1_000_000_000L;

    /** A UUID of version 7 begins with its moment. */
    private static final Pattern DECIDED = Pattern.compile("^[0-9a-f]{8}-[0-9a-f]{4}-7");

    private static final String DISPLAYS = "displays ";

    private Outcomes() {}

    /**
     * What follows.
     *
     * @param memory what the visitor remembers from then on
     * @param tally what is counted
     */
    public record Heard(Memory memory, Tally tally) {
        private Heard plus(Heard next) {
            return new Heard(next.memory, tally.plus(next.tally));
        }
    }

    /** The table of what became of offers in the month of {@code day}. */
    public static String table(LocalDate day) {
        return DISPLAYS + YearMonth.from(day);
    }

    /** What follows from {@code events}, each of which happens for the first time, of somebody at {@code stage}. */
    public static Heard hear(PackSnapshot pack, Memory before, String stage, List<VisitorEvent> events) {
        var heard = new Heard(before, Tally.NONE);
        for (var event : events) {
            heard = heard.plus(ofOffer(pack, heard.memory, stage, event));
            heard = heard.plus(ofGoals(pack, heard.memory, event));
        }
        return heard;
    }

    private static Heard ofOffer(PackSnapshot pack, Memory before, String stage, VisitorEvent event) {
        var offer = event.values().get(OFFER);
        boolean about = event.name().equals(VIEWED)
                || event.name().equals(CLICKED)
                || event.name().equals(DISMISSED);
        if (!about || offer == null || pack.offers().find(offer) == null) {
            return new Heard(before, Tally.NONE);
        }
        var placement = placement(pack, event.values().get(PLACEMENT));
        var tally = Tally.NONE.plus(table(day(pack, event)), field(offer, placement, stage, event.name()), 1);
        if (event.name().equals(DISMISSED)) {
            return new Heard(before.dismissing(offer, event.atMillis()), tally);
        }
        boolean clicked = event.name().equals(CLICKED);
        var seen = before.seeing(new Shown(offer, placement, stage, event.atMillis(), clicked));
        return new Heard(seen.with(exposed(pack, before, offer, placement, event)), tally);
    }

    /** What the contact policy counts of it; a click that names no decision belongs to a sight of it that was told before. */
    private static ContactHistory exposed(
            PackSnapshot pack, Memory before, String key, String placement, VisitorEvent event) {
        var offer = pack.offers().find(key);
        var decided = decidedMillis(event.values().get(DECISION));
        if (offer == null || (decided == null && event.name().equals(CLICKED))) {
            return before.contacts();
        }
        var touchpoint =
                placement.isEmpty() ? null : pack.touchpoints().find(placement.substring(0, placement.indexOf('.')));
        var campaign = pack.programme().campaigns().of(key, event.atMillis());
        var contact = new Contact(
                offer, touchpoint == null ? "" : touchpoint.channel(), campaign == null ? null : campaign.key());
        return pack.policy().exposed(contact, before.contacts(), decided, event.atMillis());
    }

    /** The moment that the id of a decision begins with, in milliseconds since 1970, or null. */
    private static @Nullable Long decidedMillis(@Nullable String decision) {
        return decision == null || !DECIDED.matcher(decision).find()
                ? null
                : Long.valueOf(decision.substring(0, 8) + decision.substring(9, 13), 16);
    }

    /** The counter of what became of an offer at a placement, for visitors at a stage. */
    public static String field(String offer, String placement, String stage, String event) {
        return String.join("|", offer, placement, stage, event);
    }

    /** The full name of a placement; of one that only its own name tells, where no other is called so; else empty. */
    public static String placement(PackSnapshot pack, @Nullable String named) {
        if (named == null || pack.touchpoints().placement(named) != null) {
            return named == null ? "" : named;
        }
        var like = pack.touchpoints().names().stream()
                .filter(name -> name.endsWith("." + named))
                .toList();
        return like.size() == 1 ? like.get(0) : "";
    }

    private static LocalDate day(PackSnapshot pack, VisitorEvent event) {
        return LocalDate.ofInstant(event.time(), pack.settings().zone());
    }

    private static Heard ofGoals(PackSnapshot pack, Memory before, VisitorEvent event) {
        var heard = new Heard(before, Tally.NONE);
        for (var name : before.outcomes().keySet()) {
            var goal = Comparison.goal(pack, name);
            if (goal != null && goal.event().equals(event.name())) {
                heard = heard.plus(ofGoal(pack, heard.memory, name, goal, event));
            }
        }
        return heard.plus(attributed(pack, heard.memory, event));
    }

    private static Heard ofGoal(PackSnapshot pack, Memory before, String name, Goal goal, VisitorEvent event) {
        var outcome = Objects.requireNonNull(before.outcomes().get(name));
        long after = event.atMillis() - outcome.sinceMillis();
        if (after < 0 || after > goal.within().toMillis()) {
            return new Heard(before, Tally.NONE);
        }
        long value = Math.min(MOST_VALUE, outcome.value() + value(pack, goal, event));
        var next = new Outcome(outcome.arm(), outcome.sinceMillis(), outcome.reached() + 1, value);
        long squares = value * value - outcome.value() * outcome.value();
        var tally = Tally.NONE
                .plus(Comparison.TABLE, counter(name, outcome, Comparison.REACHED), outcome.reached() == 0 ? 1 : 0)
                .plus(Comparison.TABLE, counter(name, outcome, Comparison.VALUE), value - outcome.value())
                .plus(Comparison.TABLE, counter(name, outcome, Comparison.SQUARES), squares / Comparison.SQUARE_UNIT)
                .plus(
                        Comparison.TABLE,
                        counter(name, outcome, Comparison.SQUARES_REST),
                        squares % Comparison.SQUARE_UNIT);
        return new Heard(before.with(name, next), tally);
    }

    private static String counter(String name, Outcome outcome, String figure) {
        return Comparison.counter(name, outcome.arm(), figure);
    }

    private static long value(PackSnapshot pack, Goal goal, VisitorEvent event) {
        var text = goal.measure() == null ? null : event.values().get(goal.measure());
        if (text == null || !text.matches("[0-9]{1,12}(\\.[0-9]{1,12})?")) {
            return 0;
        }
        var minor = pack.money().minor(new BigDecimal(text), event.values().get("currency"), day(pack, event));
        return minor == null ? 0 : minor.min(BigDecimal.valueOf(MOST_VALUE)).longValue();
    }

    /** Credits the offer of a campaign with its goal: the one clicked last in time, else the one seen last. */
    private static Heard attributed(PackSnapshot pack, Memory before, VisitorEvent event) {
        var credited = before.shown().stream()
                .filter(shown -> reaches(pack, shown, event))
                .max(Comparator.comparing(Shown::clicked)
                        .thenComparingLong(Shown::atMillis)
                        .thenComparing(Shown::offer))
                .orElse(null);
        if (credited == null) {
            return new Heard(before, Tally.NONE);
        }
        var field = field(credited.offer(), credited.placement(), credited.stage(), CONVERTED);
        return new Heard(before, Tally.NONE.plus(table(day(pack, event)), field, 1));
    }

    private static boolean reaches(PackSnapshot pack, Shown shown, VisitorEvent event) {
        long after = event.atMillis() - shown.atMillis();
        return after >= 0
                && pack.programme().campaigns().of(shown.offer()).stream()
                        .anyMatch(campaign -> campaign.goal() != null
                                && campaign.goal().event().equals(event.name())
                                && after <= campaign.goal().within().toMillis());
    }

    /** What follows from a decision for somebody who is known: of which comparisons they are part from then on. */
    public static Heard begin(PackSnapshot pack, Memory before, Decision decision, long atMillis) {
        var heard = new Heard(before, Tally.NONE);
        for (var arm : arms(pack, decision, atMillis).entrySet()) {
            var name = arm.getKey();
            var known = heard.memory.outcomes().get(name);
            var with =
                    known != null ? heard.memory : heard.memory.with(name, new Outcome(arm.getValue(), atMillis, 0, 0));
            if (known == null && with.outcomes().containsKey(name)) {
                var counter = Comparison.counter(name, arm.getValue(), Comparison.PEOPLE);
                heard = heard.plus(new Heard(with, Tally.NONE.plus(Comparison.TABLE, counter, 1)));
            }
        }
        return heard;
    }

    private static SortedMap<String, String> arms(PackSnapshot pack, Decision decision, long atMillis) {
        var arms = new TreeMap<String, String>();
        for (var decided : decision.placements()) {
            if (!decided.fallback() && !decided.choices().isEmpty()) {
                decided.experiments()
                        .forEach((key, variation) -> arms.putIfAbsent(Comparison.ofExperiment(key), variation));
            }
            ofCampaigns(pack, decided, atMillis, arms);
        }
        arms.keySet().removeIf(name -> Comparison.goal(pack, name) == null);
        return arms;
    }

    private static void ofCampaigns(
            PackSnapshot pack, PlacementDecision decided, long atMillis, SortedMap<String, String> arms) {
        for (var judged : decided.judged()) {
            if (!judged.cameTooLate() && judged.verdict() instanceof Verdict.HeldOut held && held.campaign() != null) {
                arms.putIfAbsent(Comparison.ofCampaign(held.campaign()), Comparison.HELD_OUT);
            }
        }
        for (var choice : decided.choices()) {
            var campaign = pack.programme().campaigns().of(choice.offer(), atMillis);
            if (campaign != null && choice.rule() != null) {
                arms.putIfAbsent(Comparison.ofCampaign(campaign.key()), Comparison.SHOWN);
            }
        }
    }
}
