package io.tappa.engine.decision;

import static io.tappa.engine.decision.Filter.Holds.ALWAYS;
import static io.tappa.engine.decision.Filter.Holds.FOR_WHAT_WON_ITS_PLACE;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.rule.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that may keep a candidate away.
 *
 * @param name its stable name, for machines
 * @param holds for which candidates
 * @param test the verdict of an offer that loses here, or null; a fallback comes without a rule
 */
record Filter(String name, Holds holds, Test test) {
    /** All filters, in the order in which candidates meet them. */
    static final List<Filter> IN_ORDER = List.of(
            new Filter("rule-dates", ALWAYS, Eligibility::ruleDates),
            new Filter("offer-dates", ALWAYS, Eligibility::offerDates),
            new Filter("campaign-dates", ALWAYS, Eligibility::campaignDates),
            new Filter("hours", ALWAYS, Eligibility::hours),
            new Filter("segment", ALWAYS, Eligibility::segment),
            new Filter("stock", ALWAYS, Eligibility::stock),
            new Filter("exclusion", FOR_WHAT_WON_ITS_PLACE, Policy::exclusion),
            new Filter("never-show", ALWAYS, Eligibility::neverShow),
            new Filter("paused", ALWAYS, Eligibility::paused),
            new Filter("dismissed", ALWAYS, Policy::dismissed),
            new Filter("consent", ALWAYS, Policy::consent),
            new Filter("cap", FOR_WHAT_WON_ITS_PLACE, Policy::cap),
            new Filter("quiet-hours", ALWAYS, Policy::quietHours),
            new Filter("pressure", FOR_WHAT_WON_ITS_PLACE, Policy::pressure),
            new Filter("content", ALWAYS, Eligibility::content),
            new Filter("already-on-page", ALWAYS, Eligibility::alreadyOnPage),
            new Filter("budget", ALWAYS, Scarcity::budget),
            new Filter("codes", ALWAYS, Scarcity::codes));

    /** Why {@code offer} may not be shown, or null; what {@code isKept} was counted when it came. */
    static @Nullable Verdict firstLost(Offer offer, Rule rule, Scene scene, boolean isKept) {
        for (var filter : IN_ORDER) {
            var lost = isKept && filter.holds == FOR_WHAT_WON_ITS_PLACE ? null : filter.test.loses(offer, rule, scene);
            if (lost != null) {
                return lost;
            }
        }
        return null;
    }

    /** Whether the declared fallback may not be shown. */
    static boolean keepsAwayAsFallback(Offer fallback, Scene scene) {
        return IN_ORDER.stream()
                .anyMatch(filter -> filter.holds == ALWAYS && filter.test.loses(fallback, null, scene) != null);
    }

    /** For which candidates a filter holds. */
    enum Holds {
        /** For all of them, the declared fallback too. */
        ALWAYS,
        /** Only for those that won their place by a rule, and anew: not for the fallback, nor for what was counted when it came. */
        FOR_WHAT_WON_ITS_PLACE
    }

    /** How a filter judges. */
    @FunctionalInterface
    interface Test {
        @Nullable
        Verdict loses(Offer offer, @Nullable Rule rule, Scene scene);
    }
}
