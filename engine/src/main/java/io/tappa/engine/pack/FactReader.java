package io.tappa.engine.pack;

import io.tappa.engine.fact.Accumulator;
import io.tappa.engine.fact.Accumulator.Newest.Kind;
import io.tappa.engine.fact.BasketAccumulator;
import io.tappa.engine.fact.EventFilter;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.problem.Suggestion;
import io.tappa.engine.rule.file.Fields;
import io.tappa.engine.rule.file.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
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
                    Stream.of("label", "type", "unit", "of", "property", "where", "within", "atMost", "range"))
            .toList();
    private static final Map<String, Long> UNITS = Map.of("minutes", 60_000L, "hours", 3_600_000L, "days", 86_400_000L);
    private static final String TRAITS = "traits.";
    private static final String CONTEXT = "context.";
    private static final List<String> FROM =
            List.of("cart.value", "cart.items", CONTEXT + "NAME", "local hour", "weekday", "time in stage");

    private final PackSettings settings;
    private final Problems problems;
    private final List<Fact> facts;
    private final Map<String, Fact> byName = new HashMap<>();
    private final Map<Integer, String> slots = new HashMap<>();

    FactReader(PackSettings settings, List<Fact> builtIn, Problems problems) {
        this.settings = settings;
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
        var source = source(sources.get(0), type, unitsPerOne, fields);
        if (source == null) {
            return null;
        }
        boolean measured = source instanceof Source.TimeInStage
                || (source instanceof Source.Gathered gathered
                        && gathered.accumulator() instanceof Accumulator.Edge edge
                        && edge.property() == null
                        && type != FactType.DATE);
        if (measured != (unit != null)) {
            var howMeasured = "Write unit: minutes, hours or days for since and time in stage, and nowhere else.";
            if (unit != null) {
                problems.error("wrong-unit", fields.placeOf("unit"), "Only a length of time has a unit.", howMeasured);
            } else if (!fields.has("unit")) {
                fields.missing(List.of("unit"), "A length of time needs a unit.", howMeasured);
            }
            return null;
        }
        var words = source instanceof Source.Weekday ? Source.WEEKDAYS : List.<String>of();
        return ranged(
                new Fact(
                        facts.size(),
                        id,
                        label,
                        type,
                        unitsPerOne,
                        unit,
                        source,
                        FactValues.LOWEST,
                        Long.MAX_VALUE,
                        words),
                fields);
    }

    private @Nullable FactType type(String source, Fields fields) {
        var written = fields.oneOf("type", List.of("whole", "number", "money", "yesno", "word", "text", "date"));
        if (written != null) {
            return FactType.named(written);
        }
        if (source.equals("count") || source.equals("distinct")) {
            return FactType.WHOLE;
        }
        if (!fields.has("type")) {
            fields.required("type");
        }
        return null;
    }

    private long unitsPerOne(FactType type) {
        return switch (type) {
            case NUMBER -> Fact.MILLIONTHS;
            case MONEY -> settings.minorUnits();
            case WHOLE, YESNO, WORD, TEXT, DATE, WORDS -> 1;
        };
    }

    private Fact ranged(Fact fact, Fields fields) {
        var range = fields.text("range");
        if (range == null) {
            return fact;
        }
        var ends = range.split(" to ", 2);
        if (fact.type().isNumeric() && ends.length == 2 && isNumber(ends[0]) && isNumber(ends[1])) {
            long low = units(ends[0], fact.unitsPerOne());
            long high = units(ends[1], fact.unitsPerOne());
            if (low <= high) {
                return new Fact(
                        fact.index(),
                        fact.id(),
                        fact.label(),
                        fact.type(),
                        fact.unitsPerOne(),
                        fact.unit(),
                        fact.source(),
                        low,
                        high,
                        fact.words());
            }
        }
        problems.error(
                "wrong-range",
                fields.placeOf("range"),
                "\"%s\" is no range of numbers.".formatted(range),
                "Write for example 0 to 10, the lower number first.");
        return fact;
    }

    private static boolean isNumber(String text) {
        return text.trim().matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?");
    }

    private static long units(String text, long unitsPerOne) {
        return new BigDecimal(text.trim())
                .multiply(BigDecimal.valueOf(unitsPerOne))
                .longValue();
    }

    private @Nullable Source source(String kind, FactType type, long unitsPerOne, Fields fields) {
        var said = fields.text(kind);
        if (said == null) {
            return null;
        }
        return switch (kind) {
            case "trait" ->
                new Source.Gathered(new Accumulator.Edge(new EventFilter(null, new TreeMap<>()), TRAITS + said, false));
            case "from" -> from(said, fields);
            case "upTo" -> upTo(said, unitsPerOne, fields);
            default -> gathered(kind, said, type, unitsPerOne, fields);
        };
    }

    private @Nullable Source from(String said, Fields fields) {
        if (said.startsWith(CONTEXT)) {
            return new Source.Context(said.substring(CONTEXT.length()));
        }
        return switch (said) {
            case "cart.value" -> basket(BasketAccumulator.Reading.VALUE);
            case "cart.items" -> basket(BasketAccumulator.Reading.ITEMS);
            case "local hour" -> new Source.LocalHour();
            case "weekday" -> new Source.Weekday();
            case "time in stage" -> new Source.TimeInStage(settings.journey());
            default -> {
                problems.error(
                        "unknown-source",
                        fields.placeOf("from"),
                        "Nothing called \"%s\" can be asked.".formatted(said),
                        Suggestion.cure(said, "sources", FROM));
                yield null;
            }
        };
    }

    private Source basket(BasketAccumulator.Reading reading) {
        return new Source.Gathered(new BasketAccumulator(reading, settings.minorUnits()));
    }

    private @Nullable Source upTo(String said, long unitsPerOne, Fields fields) {
        var of = fields.required("of");
        if (of == null) {
            return null;
        }
        var fact = byName.get(of.toLowerCase(Locale.ROOT));
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
                            facts.stream()
                                    .filter(known -> known.type().isNumeric())
                                    .map(Fact::id)
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
        var filter = new EventFilter(event.equals("any event") ? null : event, where(fields));
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
                        : new Accumulator.Newest(filter, Kind.TIMES, null, within, atMost, 1);
            case "sum" ->
                within == null
                        ? new Accumulator.SumEver(filter, property == null ? "" : property, unitsPerOne)
                        : new Accumulator.Newest(filter, Kind.AMOUNTS, property, within, atMost, unitsPerOne);
            case "distinct" -> new Accumulator.Newest(filter, Kind.DISTINCT, property, within, atMost, 1);
            case "mostFrequent" -> new Accumulator.Newest(filter, Kind.WORDS, property, within, atMost, 1);
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

    private SortedMap<String, String> where(Fields fields) {
        var where = new TreeMap<String, String>();
        var map = fields.take("where");
        if (map != null) {
            map.entries(problems, "properties and their values")
                    .forEach((key, value) -> where.put(key.text(), value.text()));
        }
        return where;
    }
}
