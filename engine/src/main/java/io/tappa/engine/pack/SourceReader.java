package io.tappa.engine.pack;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.EventFilter;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.NewestAccumulator;
import io.tappa.engine.fact.NewestAccumulator.Kind;
import io.tappa.engine.fact.Source;
import io.tappa.engine.fact.TraitAccumulator;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads where one fact of {@code facts.yaml} comes from. */
final class SourceReader {
    private static final String TRAITS = "traits.";

    private final FactGround ground;
    private final Map<String, Fact> known;
    private final Problems problems;

    /** A reader of sources that may build on the facts {@code known} so far, by lower-case name. */
    SourceReader(FactGround ground, Map<String, Fact> known, Problems problems) {
        this.ground = ground;
        this.known = known;
        this.problems = problems;
    }

    static boolean isNumber(String text) {
        return text.trim().matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?");
    }

    static long units(String text, long unitsPerOne) {
        return new BigDecimal(text.trim())
                .multiply(BigDecimal.valueOf(unitsPerOne))
                .longValue();
    }

    /** The source, or null after noting why there is none. */
    @Nullable
    Source read(String kind, FactType type, long unitsPerOne, Fields fields) {
        var said = fields.text(kind);
        if (said == null) {
            return null;
        }
        return switch (kind) {
            case "trait" ->
                new Source.Gathered(
                        new TraitAccumulator(TRAITS + said, ground.settings().precedence()));
            case "from" -> new FromReader(ground, problems).read(said, type, fields);
            case "upTo" -> upTo(said, unitsPerOne, fields);
            default -> gathered(kind, said, type, unitsPerOne, fields);
        };
    }

    private @Nullable Source upTo(String said, long unitsPerOne, Fields fields) {
        var of = fields.required("of");
        if (of == null) {
            return null;
        }
        var fact = known.get(of.toLowerCase(Locale.ROOT));
        if (fact != null && fact.isUnreadable()) {
            return null;
        }
        if (fact == null || !fact.type().isNumeric() || fact.source() instanceof Source.UpTo) {
            problems.error(
                    "unknown-fact",
                    fields.placeOf("of"),
                    fact == null
                            ? "There is no fact \"%s\".".formatted(of)
                            : "What is missing to a limit cannot be told of \"%s\".".formatted(of),
                    Suggestion.cure(
                            of,
                            "facts",
                            known.values().stream()
                                    .filter(candidate -> candidate.type().isNumeric())
                                    .map(Fact::id)
                                    .distinct()
                                    .sorted()
                                    .toList()));
            return null;
        }
        if (!isNumber(said) || fact.unitsPerOne() != unitsPerOne) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("upTo"),
                    "\"%s\" is no limit of %s.".formatted(said, fact.label()),
                    "Write a number, and give both facts the same type and unit.");
            return null;
        }
        return new Source.UpTo(units(said, unitsPerOne), fact.index());
    }

    private @Nullable Source gathered(String kind, String event, FactType type, long unitsPerOne, Fields fields) {
        var filter = new EventFilter(event.equals("any event") ? null : event, where(fields, problems));
        var property = fields.text("property");
        var within = fields.duration("within");
        int atMost = fields.whole("atMost", 1, 1_000, Accumulator.DEFAULT_BOUND);
        boolean needsProperty = kind.equals("sum") || kind.equals("distinct") || kind.equals("mostFrequent");
        if (needsProperty && property == null) {
            fields.required("property");
            return null;
        }
        var accumulator = switch (kind) {
            case "count" ->
                within == null
                        ? new Accumulator.CountEver(filter)
                        : new NewestAccumulator(filter, Kind.TIMES, null, within, atMost, 1);
            case "sum" ->
                within == null
                        ? new Accumulator.SumEver(filter, property == null ? "" : property, unitsPerOne)
                        : new NewestAccumulator(filter, Kind.AMOUNTS, property, within, atMost, unitsPerOne);
            case "distinct" -> new NewestAccumulator(filter, Kind.DISTINCT, property, within, atMost, 1);
            case "mostFrequent" -> new NewestAccumulator(filter, Kind.WORDS, property, within, atMost, 1);
            case "since" -> new Accumulator.Edge(filter, null, false);
            default -> new Accumulator.Edge(filter, property, kind.equals("first"));
        };
        return fits(kind, type, property, fields) ? new Source.Gathered(accumulator) : null;
    }

    private boolean fits(String kind, FactType type, @Nullable String property, Fields fields) {
        boolean fits = switch (kind) {
            case "count", "distinct" -> type == FactType.WHOLE;
            case "sum" -> type.isNumeric() && type != FactType.DATE;
            case "mostFrequent" -> type == FactType.WORD || type == FactType.TEXT;
            case "since" -> type == FactType.NUMBER;
            default -> property != null || type == FactType.DATE;
        };
        if (!fits) {
            problems.error(
                    "wrong-type",
                    fields.placeOf("type"),
                    "\"%s\" cannot give a fact of the type %s.".formatted(kind, type.key()),
                    "count and distinct give whole; sum gives whole, number or money; mostFrequent a word; since a"
                            + " number with a unit; last and first need a property, or the type date.");
        }
        return fits;
    }

    static SortedMap<String, String> where(Fields fields, Problems problems) {
        var where = new TreeMap<String, String>();
        var map = fields.take("where");
        if (map != null) {
            map.entries(problems, "properties and their values")
                    .forEach((key, value) -> where.put(key.text(), value.text()));
        }
        return where;
    }
}
