package io.tappa.engine.pack;

import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.campaign.Campaigns;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code campaigns/*.yaml}, one campaign a file. */
final class CampaignReader {
    private static final Pattern BUDGET = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?)(?: ([A-Z]{3}))?");

    private final PackSettings settings;
    private final KnownNames offers;
    private final KnownNames segments;
    private final GoalReader goals;
    private final HoldBackReader holdBacks;
    private final GuardRailsReader guardRails;
    private final HoursReader hours;
    private final Problems problems;

    /** A campaign as it stands in its file. */
    private record Written(Campaign campaign, String file, Map<String, Place> offers) {}

    CampaignReader(ProgrammeGround ground, Problems problems) {
        this.settings = ground.settings();
        this.offers = new KnownNames("offer", ground.words().offers().keys());
        this.segments = new KnownNames("segment", ground.segments());
        this.goals = new GoalReader(ground.events(), problems);
        this.holdBacks = new HoldBackReader(problems);
        this.guardRails = new GuardRailsReader(problems);
        this.hours = new HoursReader(problems);
        this.problems = problems;
    }

    /** The campaigns of these files; those with a mistake, which was noted, are left out. */
    Campaigns read(List<YamlNode> roots) {
        var keys = new TreeSet<String>();
        var all = new ArrayList<Written>();
        for (var root : roots) {
            int before = problems.count();
            var fields = new Fields(root, "a campaign", problems);
            var key = fields.key("campaign");
            if (key != null && !keys.add(key)) {
                problems.error(
                        "duplicate-id",
                        fields.placeOf("campaign"),
                        "Two files hold the campaign \"%s\".".formatted(key),
                        "Keep one of them, or rename the campaign.");
            }
            var written = written(key, fields, root.file());
            if (written != null) {
                all.forEach(other -> keepApart(other, written));
            }
            problems.nameSince(before, key);
            if (written != null && !problems.hasErrorsSince(before)) {
                all.add(written);
            }
        }
        return new Campaigns(all.stream().map(Written::campaign).toList());
    }

    private @Nullable Written written(@Nullable String key, Fields fields, String file) {
        int before = problems.count();
        var zone = settings.zone();
        long from = RuleFields.from(fields.text("from"), zone, fields.placeOf("from"), problems);
        long until = RuleFields.until(fields.text("until"), zone, fields.placeOf("until"), problems);
        if (from >= until) {
            problems.error(
                    "impossible",
                    fields.placeOf("until"),
                    "The campaign ends before it begins.",
                    "Put the earlier date at from.");
        }
        var open = hours.read(fields);
        var segment = segment(fields);
        var shown = offers(fields);
        var holdBack = fields.take("hold back");
        var held = holdBack == null ? null : holdBacks.read(holdBack);
        var budget = budget(fields);
        var goal = fields.take("goal");
        var wanted = goal == null ? null : goals.read(goal);
        var rails = fields.take("guard rails");
        var guarded = rails == null ? null : guardRails.read(rails, fields.has("budget"));
        fields.finish();
        if (key == null || problems.hasErrorsSince(before)) {
            return null;
        }
        var campaign = new Campaign(
                key, from, until, open, segment, List.copyOf(shown.keySet()), held, budget, wanted, guarded);
        return new Written(campaign, file, shown);
    }

    private @Nullable String segment(Fields fields) {
        var text = fields.text("for");
        var value = fields.take("for");
        return text == null || value == null || !segments.hold(value, problems) ? null : text;
    }

    /** The offers and where each is named. */
    private Map<String, Place> offers(Fields fields) {
        var named = new LinkedHashMap<String, Place>();
        var list = fields.take("offers");
        if (list == null) {
            fields.missing(List.of("offers"), "The campaign names no offers.", "Add a line \"offers: [ … ]\".");
            return named;
        }
        for (var item : list.items()) {
            if (offers.hold(item, problems) && named.putIfAbsent(item.text(), item.place()) != null) {
                problems.error(
                        "duplicate-name",
                        item.place(),
                        "The offer \"%s\" is named twice.".formatted(item.text()),
                        "Keep one of them.");
            }
        }
        if (list.items().isEmpty()) {
            problems.error(
                    "missing", list.place(), "The campaign names no offers.", "Write at least one between [ and ].");
        }
        return named;
    }

    private @Nullable Budget budget(Fields fields) {
        var text = fields.text("budget");
        if (text == null) {
            return null;
        }
        var place = fields.placeOf("budget");
        var own = settings.currency().getCurrencyCode();
        var written = BUDGET.matcher(text);
        var currency = written.matches() ? written.group(2) : null;
        if (currency != null && !currency.equals(own)) {
            problems.error(
                    "wrong-currency",
                    place,
                    "The budget is in %s, but the currency of the pack is %s.".formatted(currency, own),
                    "Write it in %s.".formatted(own));
            return null;
        }
        if (written.matches()) {
            var units = new BigDecimal(written.group(1))
                    .multiply(BigDecimal.valueOf(currency == null ? 1 : settings.minorUnits()))
                    .stripTrailingZeros();
            if (units.signum() > 0 && units.scale() <= 0) {
                long most = units.longValueExact();
                return currency == null ? new Budget.Times(most) : new Budget.Amount(most);
            }
        }
        problems.error(
                "wrong-type",
                place,
                "\"%s\" is no budget.".formatted(text),
                "Write 20000 for so many offers given, or 20000 %s for so much money; more than 0.".formatted(own));
        return null;
    }

    /** An offer that is in two campaigns at one time would have two budgets, and two groups from whom it is kept. */
    private void keepApart(Written other, Written written) {
        written.offers().forEach((offer, place) -> {
            if (other.offers().containsKey(offer) && other.campaign().overlaps(written.campaign())) {
                problems.error(
                        "offer-in-two-campaigns",
                        place,
                        "The offer \"%s\" is at the same time in the campaign %s (%s)."
                                .formatted(offer, other.campaign().key(), other.file()),
                        "Take it out of one of them, or let one end before the other begins.");
            }
        });
    }
}
