package io.tappa.engine.pack;

import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.offer.OfferTerms;
import io.tappa.engine.offer.OfferTerms.Kind;
import io.tappa.engine.offer.Template;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.RuleFields;
import io.tappa.engine.rule.file.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code offers.yaml}. */
final class OfferReader {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}\"]{1,80})}");
    private static final String CODE = "code";
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,6})?");

    private final PackSettings settings;
    private final FactCatalog facts;
    private final Collection<String> segments;
    private final Collection<String> pools;
    private final Problems problems;

    OfferReader(
            PackSettings settings,
            FactCatalog facts,
            Collection<String> segments,
            Collection<String> pools,
            Problems problems) {
        this.settings = settings;
        this.facts = facts;
        this.segments = segments;
        this.pools = pools;
        this.problems = problems;
    }

    OfferCatalog read(YamlNode root) {
        var file = new Fields(root, "\"offers:\" and their names", problems);
        var map = file.take("offers");
        file.finish();
        var offers = new ArrayList<Offer>();
        if (map != null) {
            map.entries(problems, "offers by name").forEach((key, value) -> {
                int before = problems.count();
                Fields.isKey(key.text(), key.place(), problems);
                offers.add(offer(key.text(), value));
                problems.nameSince(before, key.text());
            });
        }
        return new OfferCatalog(offers);
    }

    private Offer offer(String key, YamlNode value) {
        var fields = new Fields(value, "an offer", problems);
        long cents = money(fields, "value");
        var zone = settings.zone();
        long from = RuleFields.from(fields.text("from"), zone, fields.placeOf("from"), problems);
        long until = RuleFields.until(fields.text("until"), zone, fields.placeOf("until"), problems);
        if (from >= until) {
            problems.error(
                    "impossible",
                    fields.placeOf("until"),
                    "The offer ends before it begins.",
                    "Put the earlier date at from.");
        }
        var group = fields.text("group");
        boolean hasCodes = fields.has("codes");
        var terms = terms(fields);
        var content = new TreeMap<String, SortedMap<String, SortedMap<String, Template>>>();
        var channels = fields.take("content");
        if (channels != null) {
            channels.entries(problems, "content by channel")
                    .forEach((channel, languages) -> content.put(channel.text(), languages(languages, hasCodes)));
        }
        fields.finish();
        if (terms.codes() != null && !hasCode(content)) {
            problems.warning(
                    "code-not-shown",
                    fields.placeOf("codes"),
                    "The offer gives codes, but no text of it shows one.",
                    "Write {code} where the code is to stand.");
        }
        return new Offer(key, cents, from, until, group, terms, content);
    }

    private OfferTerms terms(Fields fields) {
        var purpose = fields.oneOf("purpose", Consent.PURPOSES);
        var kind = fields.oneOf("class", Stream.of(Kind.values()).map(Kind::key).toList());
        var products = new TreeSet<String>();
        var named = fields.take("product");
        if (named != null) {
            named.items().stream().map(YamlNode::text).forEach(products::add);
        }
        return new OfferTerms(
                purpose,
                kind == null ? Kind.DEFAULT : Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                new HoursReader(problems).read(fields),
                segment(fields),
                products,
                money(fields, "cost"),
                codes(fields));
    }

    private @Nullable String codes(Fields fields) {
        var file = fields.text("codes");
        var pool = file == null ? null : CodeReader.pool(file);
        if (file == null || (pool != null && pools.contains(pool))) {
            return pool;
        }
        problems.error(
                "unknown-codes",
                fields.placeOf("codes"),
                "There is no file of codes \"%s\".".formatted(file),
                Suggestion.cure(
                        file,
                        "files of codes",
                        pools.stream()
                                .map(name -> PackRoots.CODES + name + ".csv")
                                .toList()));
        return null;
    }

    private static boolean hasCode(SortedMap<String, SortedMap<String, SortedMap<String, Template>>> content) {
        return content.values().stream()
                .flatMap(languages -> languages.values().stream())
                .flatMap(fields -> fields.values().stream())
                .anyMatch(Template::hasCode);
    }

    private @Nullable String segment(Fields fields) {
        var segment = fields.text("for");
        if (segment != null && !segments.contains(segment)) {
            problems.error(
                    "unknown-segment",
                    fields.placeOf("for"),
                    "There is no segment \"%s\".".formatted(segment),
                    Suggestion.cure(segment, "segments", segments));
            return null;
        }
        return segment;
    }

    private long money(Fields fields, String key) {
        var text = fields.text(key);
        if (text == null) {
            return 0;
        }
        if (AMOUNT.matcher(text).matches()) {
            var cents = new BigDecimal(text).multiply(BigDecimal.valueOf(settings.minorUnits()));
            if (cents.stripTrailingZeros().scale() <= 0) {
                return cents.longValueExact();
            }
        }
        problems.error(
                "wrong-type",
                fields.placeOf(key),
                "\"%s\" is no amount of %s.".formatted(text, settings.currency()),
                "Write for example 4.00, without a sign and with no more decimals than the currency has.");
        return 0;
    }

    private SortedMap<String, SortedMap<String, Template>> languages(YamlNode map, boolean hasCodes) {
        var languages = new TreeMap<String, SortedMap<String, Template>>();
        map.entries(problems, "content by language").forEach((language, fields) -> {
            if (!settings.languages().contains(language.text())) {
                problems.error(
                        "unknown-language",
                        language.place(),
                        "\"%s\" is no language of this pack.".formatted(language.text()),
                        Suggestion.cure(language.text(), "languages", settings.languages()));
            }
            var content = new TreeMap<String, Template>();
            fields.entries(problems, "content fields")
                    .forEach((name, text) -> content.put(name.text(), template(text.text(), text.place(), hasCodes)));
            languages.put(language.text(), content);
        });
        return languages;
    }

    private Template template(String text, Place place, boolean hasCodes) {
        var parts = new ArrayList<Template.Part>();
        var matcher = PLACEHOLDER.matcher(text);
        int from = 0;
        while (matcher.find()) {
            if (matcher.start() > from) {
                parts.add(Template.Part.of(text.substring(from, matcher.start())));
            }
            var name = matcher.group(1).trim();
            var fact = hasCodes && name.equals(CODE) ? null : fact(name, place);
            if (fact != null) {
                parts.add(Template.Part.of(fact));
            } else if (hasCodes && name.equals(CODE)) {
                parts.add(Template.Part.CODE);
            }
            from = matcher.end();
        }
        if (from < text.length() || parts.isEmpty()) {
            parts.add(Template.Part.of(text.substring(from)));
        }
        return new Template(parts);
    }

    private @Nullable Fact fact(String name, Place place) {
        var fact = facts.find(name);
        if (fact == null) {
            problems.error(
                    "unknown-fact",
                    place,
                    "There is no fact \"%s\" to fill into this text.".formatted(name),
                    Suggestion.cure(name, "facts", facts.names()));
        }
        return fact;
    }
}
