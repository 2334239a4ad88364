package io.tappa.engine.pack;

import io.tappa.engine.arbitration.Arbitration;
import io.tappa.engine.arbitration.Arbitration.Mode;
import io.tappa.engine.condition.PhraseReader;
import io.tappa.engine.fact.AttributeCell;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.TraitAccumulator;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code pack.yaml}. */
final class SettingsReader {
    private final Problems problems;

    SettingsReader(Problems problems) {
        this.problems = problems;
    }

    /** The settings, or null after noting what they lack. */
    @Nullable
    PackSettings read(YamlNode root) {
        var fields = new Fields(root, "the settings of a pack", problems);
        var name = fields.key("pack");
        var owner = fields.text("owner");
        var zone = zone(fields);
        var currency = currency(fields);
        var languages = fields.take("languages");
        var journey = fields.key("journey");
        fields.oneOf("review", List.of("none", "required"));
        var precedence = precedence(fields.take("precedence"));
        var arbitration = arbitration(fields);
        var consent = consent(fields.take("consent"));
        var channels = new ChannelChainReader(problems).read(fields.take("channels"));
        fields.finish();
        if (name == null || zone == null || currency == null || journey == null) {
            return null;
        }
        var named = languages == null
                ? List.of("en")
                : languages.items().stream().map(YamlNode::text).toList();
        return new PackSettings(
                name, owner, zone, currency, named, journey, precedence, arbitration, consent, channels);
    }

    private Arbitration arbitration(Fields fields) {
        var word = fields.oneOf("arbitrate", List.of("priority", "score"));
        var mode = "score".equals(word) ? Mode.SCORE : Mode.PRIORITY;
        var factors = fields.take("arbitration");
        if (factors == null) {
            return new Arbitration(mode, true, true, true);
        }
        var switches = new Fields(factors, "factors of the score", problems);
        boolean propensity = switches.yes("propensity", true);
        boolean value = switches.yes("value", true);
        boolean weight = switches.yes("weight", true);
        switches.finish();
        return new Arbitration(mode, propensity, value, weight);
    }

    private List<String> precedence(@Nullable YamlNode list) {
        var sources = new ArrayList<String>();
        for (var item : list == null ? List.<YamlNode>of() : list.items()) {
            var source = item.text().toLowerCase(Locale.ROOT);
            if (source.isEmpty() || source.length() > TraitAccumulator.LONGEST_SOURCE) {
                problems.error(
                        "wrong-name",
                        item.place(),
                        "\"%s\" cannot be the name of a source.".formatted(item.text()),
                        "Use 1 to %d characters, for example: precedence: [crm, till, site]."
                                .formatted(TraitAccumulator.LONGEST_SOURCE));
            } else if (sources.contains(source)) {
                problems.error(
                        "duplicate-name",
                        item.place(),
                        "\"%s\" is written twice in the precedence.".formatted(item.text()),
                        "Keep the place where it is believed more.");
            } else {
                sources.add(source);
            }
        }
        return notTooMany(sources, list);
    }

    private List<String> notTooMany(List<String> sources, @Nullable YamlNode list) {
        if (list == null || sources.size() <= AttributeCell.MOST_SOURCES) {
            return sources;
        }
        problems.error(
                "too-many-sources",
                list.place(),
                "The precedence has %d sources; %d are possible.".formatted(sources.size(), AttributeCell.MOST_SOURCES),
                "Keep those that disagree most often; all others come last, the newest first.");
        return sources.subList(0, AttributeCell.MOST_SOURCES);
    }

    private SortedMap<String, String> consent(@Nullable YamlNode purposes) {
        var consent = new TreeMap<String, String>();
        if (purposes == null) {
            return consent;
        }
        var fields = new Fields(purposes, "consent by purpose", problems);
        purposes.entries(new Problems(), "consent").keySet().forEach(purpose -> {
            if (!Consent.allNames().contains(purpose.text())) {
                fields.take(purpose.text());
                problems.error(
                        "unknown-purpose",
                        purpose.place(),
                        "There is no purpose \"%s\" to consent to.".formatted(purpose.text()),
                        Suggestion.cure(purpose.text(), "purposes", Consent.allNames()));
                return;
            }
            var meaning = fields.oneOf(
                    purpose.text(),
                    purpose.text().equals(Consent.REMEMBER)
                            ? List.of("granted", "denied", PackSettings.SESSION)
                            : List.of("granted", "denied"));
            if (meaning != null) {
                consent.put(purpose.text(), meaning);
            }
        });
        return consent;
    }

    private @Nullable ZoneId zone(Fields fields) {
        var text = fields.required("zone");
        var zone = text == null ? null : PhraseReader.zone(text);
        if (text != null && zone == null) {
            problems.error(
                    "unknown-zone",
                    fields.placeOf("zone"),
                    "There is no time zone \"%s\".".formatted(text),
                    Suggestion.cure(text, "zones", new TreeSet<>(ZoneId.getAvailableZoneIds())));
        }
        return zone;
    }

    private @Nullable Currency currency(Fields fields) {
        var text = fields.required("currency");
        if (text == null) {
            return null;
        }
        for (var currency : Currency.getAvailableCurrencies()) {
            if (currency.getCurrencyCode().equals(text)) {
                return currency;
            }
        }
        problems.error(
                "unknown-currency",
                fields.placeOf("currency"),
                "There is no currency \"%s\".".formatted(text),
                "Write its three letters, for example EUR.");
        return null;
    }
}
