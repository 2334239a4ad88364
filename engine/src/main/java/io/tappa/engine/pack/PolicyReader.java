package io.tappa.engine.pack;

import io.tappa.engine.condition.Durations;
import io.tappa.engine.contact.ContactPolicy;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.contact.FrequencyCap.Scope;
import io.tappa.engine.contact.Window;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.Touchpoints;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code contact-policy.yaml}. */
final class PolicyReader {
    private final OfferCatalog offers;
    private final Touchpoints touchpoints;
    private final Problems problems;

    PolicyReader(OfferCatalog offers, Touchpoints touchpoints, Problems problems) {
        this.offers = offers;
        this.touchpoints = touchpoints;
        this.problems = problems;
    }

    ContactPolicy read(YamlNode root, ZoneId zone) {
        var file = new Fields(root, "a contact policy", problems);
        var list = file.take("not more often than");
        file.finish();
        var caps = new ArrayList<FrequencyCap>();
        if (list != null) {
            for (var item : list.items()) {
                var cap = cap(item);
                if (cap != null) {
                    caps.add(cap);
                }
            }
        }
        return new ContactPolicy(caps, zone);
    }

    private @Nullable FrequencyCap cap(YamlNode item) {
        var fields = new Fields(item, "a cap", problems);
        var channels = new TreeSet<String>();
        touchpoints.all().forEach(touchpoint -> channels.add(touchpoint.channel()));
        var offer = named(fields, "offer", "offers", offers.keys());
        var group = named(fields, "group", "groups", offers.groups());
        var channel = named(fields, "channel", "channels", channels);
        int times = fields.whole("times", 1, FrequencyCap.MOST_TIMES, 0);
        var window = window(fields);
        if (!fields.has("times")) {
            fields.required("times");
        }
        fields.finish();
        long named = List.of("offer", "group", "channel").stream()
                .filter(fields::has)
                .count();
        if (named > 1) {
            problems.error(
                    "wrong-shape",
                    fields.place(),
                    "The cap names several things at once.",
                    "Write one cap for each offer, group or channel.");
            return null;
        }
        if (times == 0 || window == null || (named == 1 && offer == null && group == null && channel == null)) {
            return null;
        }
        if (offer != null) {
            return new FrequencyCap(Scope.OFFER, offer, times, window);
        }
        if (group != null) {
            return new FrequencyCap(Scope.GROUP, group, times, window);
        }
        return channel != null
                ? new FrequencyCap(Scope.CHANNEL, channel, times, window)
                : new FrequencyCap(Scope.ALL, "", times, window);
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
