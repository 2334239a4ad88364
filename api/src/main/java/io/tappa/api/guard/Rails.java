package io.tappa.api.guard;

import io.tappa.api.guard.Reading.Rail;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DisplayCounts.Counter;
import io.tappa.api.store.DisplayCounts.Kind;
import io.tappa.api.store.Escrow;
import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.campaign.GuardRails;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.Show;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Reads the guard rails of all campaigns that are on.
 *
 * @param pack whose campaigns
 * @param counted what was decided and answered
 * @param budgets where the budgets of the campaigns stand, by campaign
 */
record Rails(PackSnapshot pack, Counted counted, Map<String, Escrow.Level> budgets) {
    /** Days of the last seven on which the campaign must have been shown in this hour. */
    private static final int LEAST_DAYS = 3;
    /** Fewer displays, or fewer minutes of an hour, say more about chance than about anything else. */
    private static final long LEAST_DISPLAYS = 50;

    private static final long LEAST_MILLIS = 5 * 60_000;
    private static final long LEAST_ANSWERS = 100;
    private static final int HOURS_OF_ERRORS = 2;
    private static final BigDecimal PER_CENT = BigDecimal.valueOf(100);

    /** The campaigns of {@code pack} that are looked after at {@code nowMillis}. */
    static List<Campaign> watched(PackSnapshot pack, long nowMillis) {
        return pack.programme().campaigns().all().stream()
                .filter(campaign -> campaign.guardRails() != null && campaign.isOpen(nowMillis))
                .toList();
    }

    /** All guard rails, by campaign. */
    List<Reading> readings() {
        var readings = new ArrayList<Reading>();
        for (var campaign : watched(pack, counted.nowMillis())) {
            var rails = campaign.guardRails();
            if (rails != null) {
                read(campaign, rails, readings);
            }
        }
        return readings;
    }

    private void read(Campaign campaign, GuardRails rails, List<Reading> readings) {
        var displays = rails.displaysInPercentOfForecast();
        if (displays != null) {
            readings.add(displays(campaign, displays));
        }
        var part = rails.budgetInHundredthsOfPercent();
        if (part != null) {
            readings.add(budget(campaign, part));
        }
        var errors = rails.errorsInHundredthsOfPercent();
        if (errors != null) {
            readings.add(errors(campaign, errors));
        }
    }

    private Reading displays(Campaign campaign, int limitInPercent) {
        Predicate<Counter> ours =
                counter -> counter.kind() == Kind.DECIDED && campaign.offers().contains(counter.offer());
        var days = IntStream.rangeClosed(1, Counted.DAYS)
                .mapToLong(day -> counted.hoursAgo(day * Counted.HOURS_OF_DAY, ours))
                .filter(count -> count > 0)
                .summaryStatistics();
        if (days.getCount() < LEAST_DAYS) {
            return new Reading(
                    campaign,
                    Rail.DISPLAYS,
                    false,
                    "No forecast yet: it was shown in this hour on %d of the last %d days, and %d are needed."
                            .formatted(days.getCount(), Counted.DAYS, LEAST_DAYS));
        }
        long elapsed = counted.nowMillis() - counted.hour() * DisplayCounts.HOUR_MILLIS;
        double foreseen = days.getAverage() * elapsed / DisplayCounts.HOUR_MILLIS;
        long soFar = counted.hoursAgo(0, ours);
        boolean tripped = elapsed >= LEAST_MILLIS
                && soFar >= LEAST_DISPLAYS
                && soFar >= foreseen * limitInPercent / GuardRails.FORECAST;
        return new Reading(
                campaign,
                Rail.DISPLAYS,
                tripped,
                "%d displays since %s, where %d were foreseen for as much of the hour; the limit is %s times as many."
                        .formatted(soFar, since(0), Math.round(foreseen), hundredths(limitInPercent)));
    }

    private Reading budget(Campaign campaign, int limitInHundredths) {
        var budget = campaign.budget();
        boolean money = budget instanceof Budget.Amount;
        long limit = budget instanceof Budget.Amount amount
                ? amount.minorUnits()
                : budget instanceof Budget.Times times ? times.most() : Long.MAX_VALUE;
        var level = budgets.get(campaign.key());
        long gone = level == null ? 0 : level.used() + level.held();
        long units = money ? pack.settings().minorUnits() : 1;
        return new Reading(
                campaign,
                Rail.BUDGET,
                reaches(gone, limit, limitInHundredths),
                "%s of %s %s of its budget are used or reserved, %s %%; the limit is %s %%."
                        .formatted(
                                plain(BigDecimal.valueOf(gone).divide(BigDecimal.valueOf(units))),
                                plain(BigDecimal.valueOf(limit).divide(BigDecimal.valueOf(units))),
                                money ? pack.settings().currency().getCurrencyCode() : "displays",
                                percent(gone, limit),
                                hundredths(limitInHundredths)));
    }

    private Reading errors(Campaign campaign, int limitInHundredths) {
        var placements = placements(campaign);
        long answers = counted.inLast(HOURS_OF_ERRORS, at(Kind.ANSWERED, placements));
        long troubled = counted.inLast(HOURS_OF_ERRORS, at(Kind.TROUBLED, placements));
        var since = since(HOURS_OF_ERRORS - 1);
        return answers < LEAST_ANSWERS
                ? new Reading(
                        campaign,
                        Rail.ERRORS,
                        false,
                        "%d answers at its placements since %s; %d are needed to judge."
                                .formatted(answers, since, LEAST_ANSWERS))
                : new Reading(
                        campaign,
                        Rail.ERRORS,
                        reaches(troubled, answers, limitInHundredths),
                        "%d of %d answers at its placements since %s were made in trouble, %s %%; the limit is %s %%."
                                .formatted(
                                        troubled,
                                        answers,
                                        since,
                                        percent(troubled, answers),
                                        hundredths(limitInHundredths)));
    }

    private static Predicate<Counter> at(Kind kind, Set<String> placements) {
        return counter -> counter.kind() == kind && placements.contains(counter.placement());
    }

    /** Where a rule shows an offer of the campaign. */
    private Set<String> placements(Campaign campaign) {
        var placements = new HashSet<String>();
        for (var rule : pack.decisions().rules()) {
            if (rule.outcome() instanceof Show show && campaign.offers().contains(show.offer())) {
                placements.addAll(show.placements());
            }
        }
        return placements;
    }

    /** When the hour so many hours before the present one began, in the pack's zone. */
    private String since(int hoursAgo) {
        var began = Instant.ofEpochMilli((counted.hour() - hoursAgo) * DisplayCounts.HOUR_MILLIS);
        return DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT)
                .format(began.atZone(pack.settings().zone()));
    }

    private static boolean reaches(long part, long whole, int hundredthsOfPercent) {
        var reached = BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(GuardRails.ALL));
        return reached.compareTo(BigDecimal.valueOf(whole).multiply(BigDecimal.valueOf(hundredthsOfPercent))) >= 0;
    }

    private static String percent(long part, long whole) {
        return plain(
                BigDecimal.valueOf(part).multiply(PER_CENT).divide(BigDecimal.valueOf(whole), 2, RoundingMode.DOWN));
    }

    private static String hundredths(int value) {
        return plain(BigDecimal.valueOf(value).divide(PER_CENT));
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
