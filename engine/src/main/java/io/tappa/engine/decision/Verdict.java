package io.tappa.engine.decision;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.calendar.Hours;
import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.contact.Exclusion;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.contact.Pressure;
import io.tappa.engine.contact.QuietHours;
import io.tappa.engine.decision.Change.Later;
import io.tappa.engine.decision.Change.OfConsent;
import io.tappa.engine.decision.Change.OfKnowledge;
import io.tappa.engine.decision.Change.OfPriority;
import io.tappa.engine.decision.Change.OfValue;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.rule.Rule;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a candidate: chosen, or the first filter it lost at. */
public sealed interface Verdict {
    /** Stable name of the filter, for machines. */
    String code();

    /** The least that would have to be different to pass this filter, all of it; empty when nothing would do. */
    default List<Change> changes() {
        return List.of();
    }

    /** There is no candidate at all. */
    record NoRule() implements Verdict {
        @Override
        public String code() {
            return "no-rule";
        }
    }

    /** No rule was asked, for want of time or of the store. */
    record Degraded(String reason) implements Verdict {
        @Override
        public String code() {
            return "degraded";
        }
    }

    /** It is shown because somebody who tries it out said so. */
    record Forced(Offer offer) implements Verdict {
        @Override
        public String code() {
            return "forced";
        }
    }

    /** It is what is shown. */
    record Chosen(Rule rule) implements Verdict {
        @Override
        public String code() {
            return "chosen";
        }
    }

    /**
     * Its rule does not match the visitor.
     *
     * @param misses the conditions that do not hold, of the nearest alternative
     */
    record NotMatched(Rule rule, List<Miss> misses) implements Verdict {
        public NotMatched {
            misses = List.copyOf(misses);
        }

        @Override
        public String code() {
            return "conditions";
        }

        @Override
        public List<Change> changes() {
            return Miss.changes(misses);
        }
    }

    /** Its rule has not begun or has ended. */
    record RuleNotOpen(Rule rule, long nowMillis) implements Verdict {
        @Override
        public String code() {
            return "rule-dates";
        }

        @Override
        public List<Change> changes() {
            return opening(rule.fromMillis(), nowMillis);
        }
    }

    /** The offer has not begun or has ended. */
    record OfferNotOpen(Offer offer, long nowMillis) implements Verdict {
        @Override
        public String code() {
            return "offer-dates";
        }

        @Override
        public List<Change> changes() {
            return opening(offer.fromMillis(), nowMillis);
        }
    }

    private static List<Change> opening(long fromMillis, long nowMillis) {
        return nowMillis < fromMillis ? List.of(new Later(fromMillis)) : List.of();
    }

    /**
     * Other rules keep it away.
     *
     * @param by all of them, at least one
     * @param visitor of whom they match
     */
    record KeptAway(List<Rule> by, Nearest visitor) implements Verdict {
        public KeptAway {
            by = List.copyOf(by);
        }

        @Override
        public String code() {
            return "never-show";
        }

        @Override
        public List<Change> changes() {
            return visitor.waysOut(by);
        }
    }

    /** Its text needs a fact that is unknown, or there is none for this channel. */
    record NoContent(String offer, @Nullable Fact unknown) implements Verdict {
        @Override
        public String code() {
            return "content";
        }

        @Override
        public List<Change> changes() {
            return unknown == null ? List.of() : List.of(new OfKnowledge(unknown, true));
        }
    }

    /**
     * A list of it has too few products.
     *
     * @param list the author's word for it
     * @param found how many there are that stand nowhere else on the page
     * @param fewest how many it must have
     */
    record NoProducts(String list, int found, int fewest) implements Verdict {
        @Override
        public String code() {
            return "content";
        }
    }

    /**
     * None of the campaigns that the offer belongs to is on.
     *
     * @param campaigns those it belongs to, one behind the other
     */
    record CampaignNotOpen(List<Campaign> campaigns, long nowMillis) implements Verdict {
        public CampaignNotOpen {
            campaigns = List.copyOf(campaigns);
        }

        @Override
        public String code() {
            return "campaign-dates";
        }

        /** The next one, or the last one when all are over. */
        Campaign nearest() {
            return campaigns.stream()
                    .filter(campaign -> campaign.fromMillis() > nowMillis)
                    .findFirst()
                    .orElse(campaigns.get(campaigns.size() - 1));
        }

        @Override
        public List<Change> changes() {
            return opening(nearest().fromMillis(), nowMillis);
        }
    }

    /**
     * It is not on at this hour.
     *
     * @param ofOffer hours of the offer, or null for always
     * @param ofCampaign hours of its campaign, or null for always
     * @param local the moment where the visitor is
     */
    record HoursOver(@Nullable Hours ofOffer, @Nullable Hours ofCampaign, ZonedDateTime local) implements Verdict {
        private static final int MOST_STEPS = 100;

        @Override
        public String code() {
            return "hours";
        }

        /** Those that are over. */
        Hours hours() {
            return ofOffer != null && !ofOffer.isOpen(local) ? ofOffer : Objects.requireNonNull(ofCampaign);
        }

        /** The first moment at which both are on; none where they never are within the next weeks. */
        @Override
        public List<Change> changes() {
            var moment = local;
            for (int step = 0; step < MOST_STEPS; step++) {
                var next = next(ofCampaign, next(ofOffer, moment));
                if (next.isEqual(moment)) {
                    return List.of(new Later(moment.toInstant().toEpochMilli()));
                }
                moment = next;
            }
            return List.of();
        }

        private static ZonedDateTime next(@Nullable Hours hours, ZonedDateTime from) {
            return hours == null ? from : hours.nextOpen(from);
        }
    }

    /**
     * The visitor is one of those from whom it is deliberately kept.
     *
     * @param campaign from the offers of which campaign, or null for all offers
     * @param shows what they see in its place
     */
    record HeldOut(@Nullable String campaign, HoldBack.Shows shows) implements Verdict {
        @Override
        public String code() {
            return "held-out";
        }
    }

    /**
     * It won, and an experiment shows something else in its place.
     *
     * @param experiment which
     * @param variation what the visitor got
     * @param offer what is shown
     */
    record Replaced(String experiment, String variation, String offer) implements Verdict {
        @Override
        public String code() {
            return "experiment";
        }
    }

    /**
     * The offer is for others.
     *
     * @param segment for whom
     * @param misses the conditions of the segment that do not hold, of the nearest alternative
     */
    record NotInSegment(String segment, List<Miss> misses) implements Verdict {
        public NotInSegment {
            misses = List.copyOf(misses);
        }

        @Override
        public String code() {
            return "segment";
        }

        @Override
        public List<Change> changes() {
            return Miss.changes(misses);
        }
    }

    /** A product the offer is about is not in stock. */
    record SoldOut(String product) implements Verdict {
        @Override
        public String code() {
            return "stock";
        }
    }

    /**
     * Another offer of the group was given.
     *
     * @param exclusion which group, and for how long
     * @param givenMillis when, in milliseconds since 1970
     */
    record Excluded(Exclusion exclusion, long givenMillis) implements Verdict {
        @Override
        public String code() {
            return "exclusion";
        }

        @Override
        public List<Change> changes() {
            return List.of(new Later(givenMillis + exclusion.per().toMillis()));
        }
    }

    /** Somebody paused it, or all that it belongs to. */
    record Paused(Pause pause) implements Verdict {
        @Override
        public String code() {
            return "paused";
        }

        @Override
        public List<Change> changes() {
            return pause.untilMillis() == Long.MAX_VALUE ? List.of() : List.of(new Later(pause.untilMillis()));
        }
    }

    /**
     * The visitor did not want it.
     *
     * @param atMillis when they said so, in milliseconds since 1970
     * @param untilMillis the first moment at which it may come again, in milliseconds since 1970
     */
    record Dismissed(long atMillis, long untilMillis) implements Verdict {
        @Override
        public String code() {
            return "dismissed";
        }

        @Override
        public List<Change> changes() {
            return List.of(new Later(untilMillis));
        }
    }

    /**
     * The visitor did not agree.
     *
     * @param lacking to what, at least one
     */
    record NoConsent(List<Permissions.Lack> lacking) implements Verdict {
        public NoConsent {
            lacking = List.copyOf(lacking);
        }

        @Override
        public String code() {
            var said = lacking.get(0).said();
            return "consent:" + (said == null ? "missing" : said.key());
        }

        @Override
        public List<Change> changes() {
            return lacking.stream()
                    .map(lack -> (Change) new OfConsent(lack.name()))
                    .toList();
        }
    }

    /**
     * The channel is silent at this hour.
     *
     * @param hours when it is
     * @param local the time where the visitor is
     * @param endsMillis the first moment after it, in milliseconds since 1970
     */
    record Quiet(QuietHours hours, LocalTime local, long endsMillis) implements Verdict {
        @Override
        public String code() {
            return "quiet-hours";
        }

        @Override
        public List<Change> changes() {
            return List.of(new Later(endsMillis));
        }
    }

    /**
     * It would be too much.
     *
     * @param pressure what the visitor can bear
     * @param channel on which it would come
     * @param spent what was spent, in hundredths of points
     * @param allows the first moment at which it would not be too much, {@link Instant#MAX} for never
     */
    record TooMuch(Pressure pressure, String channel, long spent, Instant allows) implements Verdict {
        @Override
        public String code() {
            return "pressure";
        }

        @Override
        public List<Change> changes() {
            return allows.equals(Instant.MAX) ? List.of() : List.of(new Later(allows.toEpochMilli()));
        }
    }

    /**
     * Something else stays at the placement for a while.
     *
     * @param offer what
     * @param untilMillis the first moment at which it need not, in milliseconds since 1970
     */
    record NotYet(String offer, long untilMillis) implements Verdict {
        @Override
        public String code() {
            return "kept";
        }

        @Override
        public List<Change> changes() {
            return List.of(new Later(untilMillis));
        }
    }

    /**
     * A cap is used up.
     *
     * @param count how many decisions it counts now
     * @param allowsMillis the first moment at which one more is possible, in milliseconds since 1970
     */
    record Capped(FrequencyCap cap, int count, long allowsMillis) implements Verdict {
        @Override
        public String code() {
            return "cap";
        }

        @Override
        public List<Change> changes() {
            return List.of(new Later(allowsMillis));
        }
    }

    /**
     * A better one took the placement.
     *
     * @param by which
     * @param own what lost
     * @param arbitration how the two were compared
     */
    record Outranked(Ranked by, Ranked own, Arbitration arbitration) implements Verdict {
        private static final int HIGHEST = 100;

        @Override
        public String code() {
            return "outranked";
        }

        @Override
        public List<Change> changes() {
            var rule = own.candidate().rule();
            boolean equal = rule.priority() == by.candidate().rule().priority();
            long value = equal || arbitration.mode() == Arbitration.Mode.SCORE ? arbitration.neededValue(own, by) : 0;
            if (value > 0) {
                return List.of(new OfValue(own.candidate().offer().key(), value));
            }
            int needed = arbitration.neededPriority(own, by);
            return needed > HIGHEST ? List.of() : List.of(new OfPriority(rule.id(), needed));
        }
    }

    /**
     * Its campaign has nothing more to give.
     *
     * @param campaign which
     * @param budget what it had
     * @param spent what became of it
     */
    record BudgetUsedUp(String campaign, Budget budget, Grants.Spent spent) implements Verdict {
        @Override
        public String code() {
            return "budget";
        }
    }

    /**
     * There is no code for this visitor.
     *
     * @param pool of which codes
     * @param spent what became of them; with a limit of 0 the visitor may not be remembered, and so gets none
     */
    record NoCodeLeft(String pool, Grants.Spent spent) implements Verdict {
        @Override
        public String code() {
            return "codes";
        }
    }

    /** It stands elsewhere on the page already. */
    record AlreadyOnPage(String placement) implements Verdict {
        @Override
        public String code() {
            return "already-on-page";
        }
    }
}
