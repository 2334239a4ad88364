package io.tappa.engine.pack;

import io.tappa.engine.campaign.Campaigns;
import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.condition.Durations;
import io.tappa.engine.contact.ContactPolicy;
import io.tappa.engine.contact.Exclusion;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.contact.FrequencyCap.Scope;
import io.tappa.engine.contact.Pressure;
import io.tappa.engine.contact.QuietHours;
import io.tappa.engine.contact.Window;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.Touchpoints;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code contact-policy.yaml}. */
final class PolicyReader {
    /** Most caps in one pack. */
    private static final String DECISION = "decision";

    private static final String EXPOSURE = "exposure";
    private static final int MOST_CAPS = 100;
    /** Most times that all caps together count for one visitor. */
    private static final int MOST_COUNTED = 400;

    private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern POINTS = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,2})?");

    private final OfferCatalog offers;
    private final Touchpoints touchpoints;
    private final Campaigns campaigns;
    private final Problems problems;
    private @Nullable HoldBack holdBack;

    PolicyReader(OfferCatalog offers, Touchpoints touchpoints, Campaigns campaigns, Problems problems) {
        this.offers = offers;
        this.touchpoints = touchpoints;
        this.campaigns = campaigns;
        this.problems = problems;
    }

    ContactPolicy read(YamlNode root) {
        var file = new Fields(root, "a contact policy", problems);
        var list = file.take("not more often than");
        var groups = file.take("only one of");
        var hours = file.take("quiet hours");
        var points = file.take("pressure");
        var held = file.take("hold back");
        var dismissed = file.duration("dismissed");
        file.finish();
        var caps = new ArrayList<FrequencyCap>();
        if (list != null) {
            list.items().forEach(item -> add(caps, cap(item)));
            check(caps, list.place());
        }
        holdBack = held == null ? null : new HoldBackReader(problems).read(held);
        var exclusions = new ArrayList<Exclusion>();
        if (groups != null) {
            groups.items().forEach(item -> add(exclusions, exclusion(item)));
        }
        return new ContactPolicy(
                caps,
                exclusions,
                hours == null ? null : quiet(hours),
                points == null ? null : pressure(points),
                dismissed == null ? ContactPolicy.DISMISSED : dismissed);
    }

    /** From whom everything is kept, once the policy was read. */
    @Nullable
    HoldBack holdBack() {
        return holdBack;
    }

    private static <T> void add(List<T> all, @Nullable T one) {
        if (one != null) {
            all.add(one);
        }
    }

    /** What caps count is kept of every visitor, so there is an end to it. */
    private void check(List<FrequencyCap> caps, Place place) {
        int times = caps.stream().mapToInt(FrequencyCap::times).sum();
        if (caps.size() > MOST_CAPS || times > MOST_COUNTED) {
            problems.error(
                    "cap-limit",
                    place,
                    "The %d caps count up to %d times for each visitor; %d caps and %d times are possible."
                            .formatted(caps.size(), times, MOST_CAPS, MOST_COUNTED),
                    "Put offers that are alike into a group and cap the group.");
        }
    }

    private @Nullable Exclusion exclusion(YamlNode item) {
        var fields = new Fields(item, "offers that exclude each other", problems);
        var group = fields.has("group") ? named(fields, "group", "groups", offers.groups()) : fields.required("group");
        fields.required("per");
        var per = fields.duration("per");
        fields.finish();
        return group == null || per == null ? null : new Exclusion(group, per);
    }

    private @Nullable QuietHours quiet(YamlNode map) {
        var fields = new Fields(map, "quiet hours", problems);
        var channels = channels(fields);
        var from = time(fields, "from");
        var to = time(fields, "to");
        fields.finish();
        if (from != null && from.equals(to)) {
            problems.error(
                    "impossible",
                    fields.placeOf("to"),
                    "The quiet hours end when they begin.",
                    "Write for example from: \"21:00\", to: \"08:00\".");
            return null;
        }
        return from == null || to == null ? null : new QuietHours(channels, from, to);
    }

    private SortedSet<String> channels(Fields fields) {
        var channels = new TreeSet<String>();
        var list = fields.take("channels");
        if (list == null) {
            fields.required("channels");
            return channels;
        }
        list.items().forEach(item -> {
            if (isChannel(item.text(), item.place())) {
                channels.add(item.text());
            }
        });
        return channels;
    }

    private boolean isChannel(String name, Place place) {
        var known = new TreeSet<>(touchpoints.channels());
        known.addAll(Consent.CHANNELS);
        if (known.contains(name)) {
            return true;
        }
        problems.error(
                "unknown-channel",
                place,
                "There is no channel \"%s\".".formatted(name),
                Suggestion.cure(name, "channels", known));
        return false;
    }

    private @Nullable LocalTime time(Fields fields, String key) {
        var text = fields.required(key);
        if (text == null) {
            return null;
        }
        if (TIME.matcher(text).matches()) {
            return LocalTime.parse(text);
        }
        problems.error(
                "wrong-type",
                fields.placeOf(key),
                "\"%s\" is no time of day.".formatted(text),
                "Write hours and minutes, for example \"08:00\" or \"21:30\".");
        return null;
    }

    private @Nullable Pressure pressure(YamlNode map) {
        var fields = new Fields(map, "the pressure", problems);
        var budget = points(fields.required("budget"), fields.placeOf("budget"));
        fields.required("per");
        var per = fields.duration("per");
        var costs = fields.take("costs");
        if (costs == null) {
            fields.required("costs");
        }
        fields.finish();
        var byChannel = new TreeMap<String, Long>();
        if (costs != null) {
            costs.entries(problems, "costs by channel").forEach((channel, cost) -> {
                var points = points(cost.text(), cost.place());
                if (isChannel(channel.text(), channel.place()) && points != null) {
                    byChannel.put(channel.text(), points);
                    mustFit(points, budget, cost.place());
                }
            });
        }
        return budget == null || budget == 0 || per == null ? null : new Pressure(budget, per, byChannel);
    }

    private void mustFit(long points, @Nullable Long budget, Place place) {
        if (budget != null && points > budget) {
            problems.error(
                    "impossible",
                    place,
                    "One contact costs more than the whole budget.",
                    "Raise the budget, or use \"never show\" for the channel.");
        }
    }

    private @Nullable Long points(@Nullable String text, Place place) {
        if (text == null) {
            return null;
        }
        if (POINTS.matcher(text).matches()) {
            return new BigDecimal(text)
                    .multiply(BigDecimal.valueOf(Pressure.HUNDREDTHS))
                    .longValueExact();
        }
        problems.error(
                "wrong-type",
                place,
                "\"%s\" is no number of points.".formatted(text),
                "Write for example 10, 3 or 0.25, with two decimals at most.");
        return null;
    }

    private @Nullable FrequencyCap cap(YamlNode item) {
        var fields = new Fields(item, "a cap", problems);
        var offer = named(fields, "offer", "offers", offers.keys());
        var group = named(fields, "group", "groups", offers.groups());
        var channel = named(fields, "channel", "channels", touchpoints.channels());
        var campaign = named(fields, "campaign", "campaigns", campaigns.keys());
        int times = fields.whole("times", 1, FrequencyCap.MOST_TIMES, 0);
        var window = window(fields);
        boolean exposures = isOnExposure(fields);
        if (!fields.has("times")) {
            fields.required("times");
        }
        fields.finish();
        long named = List.of("offer", "group", "channel", "campaign").stream()
                .filter(fields::has)
                .count();
        if (named > 1) {
            problems.error(
                    "wrong-shape",
                    fields.place(),
                    "The cap names several things at once.",
                    "Write one cap for each offer, group, channel or campaign.");
            return null;
        }
        if (times == 0
                || window == null
                || (named == 1 && offer == null && group == null && channel == null && campaign == null)) {
            return null;
        }
        var cap = offer != null
                ? new FrequencyCap(Scope.OFFER, offer, times, window)
                : group != null
                        ? new FrequencyCap(Scope.GROUP, group, times, window)
                        : campaign != null
                                ? new FrequencyCap(Scope.CAMPAIGN, campaign, times, window)
                                : channel != null
                                        ? new FrequencyCap(Scope.CHANNEL, channel, times, window)
                                        : new FrequencyCap(Scope.ALL, "", times, window);
        return exposures ? cap.ofExposures() : cap;
    }

    private boolean isOnExposure(Fields fields) {
        var counted = fields.text("counted");
        if (counted != null && !counted.equals(EXPOSURE) && !counted.equals(DECISION)) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("counted"),
                    "Nothing is counted on \"%s\".".formatted(counted),
                    Suggestion.cure(counted, "words", List.of(DECISION, EXPOSURE)));
        }
        return EXPOSURE.equals(counted);
    }

    private @Nullable String named(Fields fields, String key, String plural, Collection<String> known) {
        var name = fields.text(key);
        if (name != null && !known.contains(name)) {
            problems.error(
                    "unknown-" + key,
                    fields.placeOf(key),
                    "There is no %s \"%s\".".formatted(key, name),
                    Suggestion.cure(name, plural, known));
            return null;
        }
        return name;
    }

    private @Nullable Window window(Fields fields) {
        var per = fields.required("per");
        if (per == null) {
            return null;
        }
        return switch (per) {
            case "calendar day" -> new Window.Calendar(Window.Calendar.Unit.DAY);
            case "calendar week" -> new Window.Calendar(Window.Calendar.Unit.WEEK);
            case "calendar month" -> new Window.Calendar(Window.Calendar.Unit.MONTH);
            default -> rolling(per, fields.placeOf("per"));
        };
    }

    private @Nullable Window rolling(String per, Place place) {
        var length = Durations.parse(per);
        if (length != null && !length.isZero()) {
            return new Window.Rolling(length);
        }
        problems.error(
                "wrong-type",
                place,
                "\"%s\" is no stretch of time.".formatted(per),
                "Write for example 7 days, 24 hours, calendar day, calendar week or calendar month.");
        return null;
    }
}
