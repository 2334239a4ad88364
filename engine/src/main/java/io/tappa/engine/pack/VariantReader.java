package io.tappa.engine.pack;

import io.tappa.engine.experiment.Split;
import io.tappa.engine.experiment.Variation;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlNode;
import io.tappa.engine.touchpoint.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the variants of an experiment: how people are divided among them, and what each shows where. */
final class VariantReader {
    private static final int FEWEST = 2;
    /** Longest name of an experiment or variant that is kept of a visitor, in characters. */
    private static final int LONGEST_NAME = 40;

    private final Vocabulary words;
    private final KnownNames offers;
    private final KnownNames placements;
    private final ContentCheck content;
    private final Problems problems;

    VariantReader(Vocabulary words, ContentCheck content, Problems problems) {
        this.words = words;
        this.offers = new KnownNames("offer", words.offers().keys());
        this.placements = new KnownNames("placement", words.touchpoints().names());
        this.content = content;
        this.problems = problems;
    }

    /** Notes a name that cannot be one of an experiment or a variant. */
    static void checkName(YamlNode name, Problems problems) {
        if (Fields.isKey(name.text(), name.place(), problems) && name.text().length() > LONGEST_NAME) {
            problems.error(
                    "wrong-name",
                    name.place(),
                    "The name \"%s\" is too long.".formatted(name.text()),
                    "Use at most %d characters.".formatted(LONGEST_NAME));
        }
    }

    /** How people are divided, or null after noting what is wrong. */
    @Nullable
    Split split(Fields fields) {
        var map = fields.take("variants");
        if (map == null) {
            fields.missing(
                    List.of("variants"),
                    "The experiment names no variants.",
                    "Add a line such as \"variants: { control: 50 %, bold: 50 % }\".");
            return null;
        }
        int before = problems.count();
        var variations = new ArrayList<Variation>();
        map.entries(problems, "variants and their shares").forEach((name, share) -> {
            checkName(name, problems);
            var hundredths = Shares.read(share, Shares.ALL, problems);
            if (hundredths != null && !problems.hasErrorsSince(before)) {
                variations.add(new Variation(name.text(), hundredths * Split.PER_HUNDREDTH));
            }
        });
        if (!problems.hasErrorsSince(before)) {
            checkSum(variations, map);
        }
        return problems.hasErrorsSince(before) ? null : new Split(variations);
    }

    private void checkSum(List<Variation> variations, YamlNode map) {
        int sum = variations.stream().mapToInt(Variation::partsPerMillion).sum() / Split.PER_HUNDREDTH;
        if (variations.size() < FEWEST) {
            problems.error(
                    "too-few-variants",
                    map.place(),
                    "An experiment with fewer than %d variants compares nothing.".formatted(FEWEST),
                    "Add the variant that shows what everybody sees now, such as control.");
        } else if (sum != Shares.ALL) {
            problems.error(
                    "wrong-sum",
                    map.place(),
                    "The shares of the variants come to %s.".formatted(Shares.inWords(sum)),
                    "Change them so that they come to 100 %.");
        }
    }

    /** The placements that are named under {@code where}. */
    SortedSet<String> where(Fields fields) {
        var where = new TreeSet<String>();
        var list = fields.take("where");
        if (list == null) {
            return where;
        }
        for (var item : list.items()) {
            if (placements.hold(item, problems)) {
                var named = words.touchpoints().named(item.text());
                named.stream().map(Placement::fullName).forEach(where::add);
                if (named.isEmpty()) {
                    problems.error(
                            "no-placement",
                            item.place(),
                            "The touchpoint \"%s\" has no placement where something can be shown."
                                    .formatted(item.text()),
                            "Name another touchpoint, or add placements to this one in touchpoints.yaml.");
                }
            }
        }
        return where;
    }

    /** The offers that replace what wins, by variant. */
    SortedMap<String, String> shows(Fields fields, @Nullable Split split, SortedSet<String> where) {
        var shows = new TreeMap<String, String>();
        var map = fields.take("shows");
        if (map == null) {
            if (fields.has("where")) {
                fields.missing(
                        List.of("shows"),
                        "Nothing says which offers the variants show there.",
                        "Add \"shows: { variant: offer }\", or leave out \"where\" if only rules ask for the variant.");
            }
            return shows;
        }
        if (!fields.has("where")) {
            fields.missing(
                    List.of("where"),
                    "Nothing says where these offers are shown.",
                    "Add a line \"where: touchpoint.placement\".");
        }
        map.entries(problems, "variants and the offers they show").forEach((variant, offer) -> {
            boolean known = split == null || new KnownNames("variant", split.keys()).hold(variant, problems);
            if (offers.hold(offer, problems) && known) {
                shows.put(variant.text(), offer.text());
                where.forEach(placement -> content.check(offer.text(), placement, offer.place()));
            }
        });
        if (map.isMap() && map.entries(new Problems(), "").isEmpty()) {
            problems.error("missing", map.place(), "No variant shows anything.", "Name a variant and its offer.");
        }
        return shows;
    }
}
