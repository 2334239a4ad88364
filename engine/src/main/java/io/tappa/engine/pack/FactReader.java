package io.tappa.engine.pack;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.AnswerAccumulator;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.OrderAccumulator;
import io.tappa.engine.fact.Source;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads {@code facts.yaml}. */
final class FactReader {
    private static final int MOST_FACTS = 500;

    private static final List<String> SOURCES =
            List.of("trait", "from", "upTo", "count", "sum", "last", "first", "distinct", "mostFrequent", "since");
    private static final List<String> KEYS = Stream.concat(
                    SOURCES.stream(),
                    Stream.of("label", "type", "unit", "of", "property", "where", "within", "atMost", "range", "shop"))
            .toList();
    private static final Map<String, Long> UNITS = Map.of("minutes", 60_000L, "hours", 3_600_000L, "days", 86_400_000L);
    private final FactGround ground;
    private final Problems problems;
    private final List<Fact> facts;
    private final Map<String, Fact> byName = new HashMap<>();
    private final Map<Integer, String> slots = new HashMap<>();

    FactReader(FactGround ground, List<Fact> builtIn, Problems problems) {
        this.ground = ground;
        this.problems = problems;
        this.facts = new ArrayList<>(builtIn);
        builtIn.forEach(fact -> byName.put(fact.id().toLowerCase(Locale.ROOT), fact));
    }

    /** The built-in facts and those of the file; derived ones are read last, since they need the others. */
    List<Fact> read(YamlNode root) {
        var file = new Fields(root, "\"facts:\" and their names", problems);
        var map = file.take("facts");
        file.finish();
        if (map == null) {
            return facts;
        }
        var entries = map.entries(problems, "facts by name");
        if (entries.size() > MOST_FACTS) {
            problems.error(
                    "too-many-facts",
                    map.place(),
                    "The pack has %d facts; %d are possible.".formatted(entries.size(), MOST_FACTS),
                    "Remove those that no rule asks.");
            return facts;
        }
        var derived = new TreeMap<Integer, Map.Entry<YamlNode, Fields>>();
        for (var entry : entries.entrySet()) {
            int before = problems.count();
            var fields = new Fields(entry.getValue(), "a fact", problems);
            problems.nameSince(before, entry.getKey().text());
            if (fields.has("upTo")) {
                derived.put(derived.size(), Map.entry(entry.getKey(), fields));
            } else {
                addNamed(entry.getKey(), fields);
            }
        }
        derived.values().forEach(entry -> addNamed(entry.getKey(), entry.getValue()));
        StateBudget.check(facts, map.place(), problems);
        return facts;
    }

    private void addNamed(YamlNode name, Fields fields) {
        int before = problems.count();
        add(name, fields);
        problems.nameSince(before, name.text());
    }

    private void add(YamlNode name, Fields fields) {
        var id = name.text();
        if (!id.matches("[A-Za-z][A-Za-z0-9_]{0,59}")) {
            problems.error(
                    "wrong-name",
                    name.place(),
                    "\"%s\" cannot be the id of a fact.".formatted(id),
                    "Use letters and digits only, beginning with a letter; the label may be any words.");
        }
        var labelled = fields.text("label");
        var label = labelled == null ? id : labelled;
        for (var word : List.of(id, label)) {
            var known = byName.get(word.toLowerCase(Locale.ROOT));
            if (known != null) {
                problems.error(
                        "duplicate-name",
                        name.place(),
                        "\"%s\" is already the name of the fact %s.".formatted(word, known.id()),
                        "Give this one another id or label.");
                return;
            }
        }
        var read = fact(id, label, fields);
        if (read == null) {
            KEYS.forEach(fields::take);
        }
        fields.finish();
        var fact = read != null ? read : Fact.of(facts.size(), id, label, FactType.TEXT, 1, new Source.Unreadable());
        checkSlot(fact, name.place());
        facts.add(fact);
        byName.put(id.toLowerCase(Locale.ROOT), fact);
        byName.put(label.toLowerCase(Locale.ROOT), fact);
    }

    /** Two definitions whose 32-bit hashes are equal would share what they gather. */
    private void checkSlot(Fact fact, Place place) {
        if (fact.source() instanceof Source.Gathered gathered) {
            var accumulator = gathered.accumulator();
            var other = slots.putIfAbsent(accumulator.slot(), accumulator.canonical());
            if (other != null && !other.equals(accumulator.canonical())) {
                problems.error(
                        "same-hash",
                        place,
                        "By chance, the fact %s cannot be kept apart from another one.".formatted(fact.id()),
                        "Change anything about where it comes from, for example: atMost: 99.");
            }
        }
    }

    private @Nullable Fact fact(String id, String label, Fields fields) {
        var sources = SOURCES.stream().filter(fields::has).toList();
        var cure = "Give it exactly one of: %s.".formatted(String.join(", ", SOURCES));
        if (sources.isEmpty()) {
            fields.missing(SOURCES, "Nothing says where the fact %s comes from.".formatted(id), cure);
            return null;
        }
        if (sources.size() > 1) {
            problems.error(
                    "wrong-shape",
                    fields.place(),
                    "The fact %s has several sources: %s.".formatted(id, String.join(", ", sources)),
                    cure);
            return null;
        }
        var type = type(sources.get(0), fields);
        var unit = fields.oneOf("unit", List.of("minutes", "hours", "days"));
        if (type == null) {
            return null;
        }
        long unitsPerOne = unit != null ? UNITS.getOrDefault(unit, 1L) : unitsPerOne(type);
        var source = new SourceReader(ground, byName, problems).read(sources.get(0), type, unitsPerOne, fields);
        if (source == null) {
            return null;
        }
        if (hasWrongUnit(isMeasured(source, type), unit, fields)) {
            return null;
        }
        var words = FromReader.words(source, ground);
        var fact = new Fact(
                facts.size(), id, label, type, unitsPerOne, unit, source, FactValues.LOWEST, Long.MAX_VALUE, words);
        var scale = scale(source);
        return ranged(scale == null ? fact : fact.between(scale.lowest(), scale.highest()), fields);
    }

    private boolean hasWrongUnit(boolean measured, @Nullable String unit, Fields fields) {
        if (measured == (unit != null)) {
            return false;
        }
        var howMeasured =
                "Write unit: minutes, hours or days for since, time in stage and orders.last, and nowhere else.";
        if (unit != null) {
            problems.error("wrong-unit", fields.placeOf("unit"), "Only a length of time has a unit.", howMeasured);
        } else if (!fields.has("unit")) {
            fields.missing(List.of("unit"), "A length of time needs a unit.", howMeasured);
        }
        return true;
    }

    /** The survey whose scale limits the fact, or null. */
    private static AnswerAccumulator.@Nullable Survey scale(Source source) {
        return source instanceof Source.Gathered gathered
                        && gathered.accumulator() instanceof AnswerAccumulator answer
                        && answer.reading() == AnswerAccumulator.Reading.SCORE
                ? answer.survey()
                : null;
    }

    /** Whether the fact is a length of time. */
    private static boolean isMeasured(Source source, FactType type) {
        if (type == FactType.DATE || !(source instanceof Source.Gathered gathered)) {
            return source instanceof Source.TimeInStage;
        }
        return (gathered.accumulator() instanceof Accumulator.Edge edge && edge.property() == null)
                || (gathered.accumulator() instanceof OrderAccumulator orders
                        && orders.reading() == OrderAccumulator.Reading.LAST);
    }

    private @Nullable FactType type(String source, Fields fields) {
        var written = fields.oneOf("type", List.of("whole", "number", "money", "yesno", "word", "text", "date"));
        if (written != null) {
            return FactType.named(written);
        }
        if (source.equals("count") || source.equals("distinct")) {
            return FactType.WHOLE;
        }
        if (fields.has("type")) {
            return null;
        }
        var only = source.equals("from") ? FromReader.onlyType(fields.text("from")) : null;
        if (only == null) {
            fields.required("type");
        }
        return only;
    }

    private long unitsPerOne(FactType type) {
        return switch (type) {
            case NUMBER -> Fact.MILLIONTHS;
            case MONEY -> ground.settings().minorUnits();
            case WHOLE, YESNO, WORD, TEXT, DATE, WORDS -> 1;
        };
    }

    private Fact ranged(Fact fact, Fields fields) {
        var range = fields.text("range");
        if (range == null) {
            return fact;
        }
        var ends = range.split(" to ", 2);
        if (fact.type().isNumeric()
                && ends.length == 2
                && SourceReader.isNumber(ends[0])
                && SourceReader.isNumber(ends[1])) {
            long low = SourceReader.units(ends[0], fact.unitsPerOne());
            long high = SourceReader.units(ends[1], fact.unitsPerOne());
            if (low <= high) {
                return fact.between(low, high);
            }
        }
        problems.error(
                "wrong-range",
                fields.placeOf("range"),
                "\"%s\" is no range of numbers.".formatted(range),
                "Write for example 0 to 10, the lower number first.");
        return fact;
    }
}
