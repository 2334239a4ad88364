package io.tappa.engine.fact;

import io.tappa.engine.fact.Cell.Moment;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An attribute of a person: each source's newest value with its time.
 *
 * <p>Shown is the value of the first preferred source that has one; all others come last, and of equals the newest wins. An
 * empty value says that the source knows none any more. Another order of preference reads what was gathered before: it is
 * no part of the {@link #canonical()} name.
 *
 * @param path where the attribute stands in an event
 * @param preferred sources to believe first, at most {@value AttributeCell#MOST_SOURCES}
 */
public record TraitAccumulator(String path, List<String> preferred) implements Accumulator {
    /** Where an event names its source. */
    public static final String SOURCE = "context.source";
    /** The source of an event that names none. */
    public static final String SITE = "site";
    /** Longest name of a source, in characters. */
    public static final int LONGEST_SOURCE = 40;

    public TraitAccumulator {
        preferred = preferred.stream().map(TraitAccumulator::named).toList();
    }

    @Override
    public String canonical() {
        return "trait " + EventFilter.exact(path);
    }

    @Override
    public List<String> events() {
        return List.of();
    }

    @Override
    public Set<String> reads() {
        return Set.of(path);
    }

    @Override
    public void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {
        var source = values.get(SOURCE);
        if (source != null && values.containsKey(path)) {
            kept.put(SOURCE, FactCatalog.shortened(source, FactCatalog.LONGEST_VALUE));
        }
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var text = values.get(path);
        if (text == null) {
            return cell;
        }
        var told = new AttributeCell(new TreeMap<>(Map.of(source(values), new Moment(at, text))));
        return cell == null ? told : join(cell, told);
    }

    private static String source(SortedMap<String, String> values) {
        var source = values.getOrDefault(SOURCE, "").trim();
        return source.isEmpty() ? SITE : named(source);
    }

    /** Names of sources do not differ by their capitals. */
    private static String named(String source) {
        return FactCatalog.shortened(source, LONGEST_SOURCE).toLowerCase(Locale.ROOT);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((AttributeCell) left).plus((AttributeCell) right, preferred);
    }

    /** Newer values replace what was missed. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var shown = shown(cell);
        fact.put(values, shown == null ? null : shown.value(), zone);
    }

    /** What is shown of {@code cell}, or null when no source has a value. */
    @Nullable
    Attribute shown(@Nullable Cell cell) {
        if (!(cell instanceof AttributeCell known)) {
            return null;
        }
        for (var source : preferred) {
            var moment = known.bySource().get(source);
            if (moment != null && !moment.text().isEmpty()) {
                return new Attribute(moment.text(), source, moment.at());
            }
        }
        return newest(known);
    }

    /** The newest value of the sources that are not preferred; of one told twice in a millisecond the first source. */
    private @Nullable Attribute newest(AttributeCell known) {
        Moment newest = null;
        String by = SITE;
        for (var entry : known.bySource().entrySet()) {
            boolean isNewer = newest == null || entry.getValue().compareTo(newest) > 0;
            if (!preferred.contains(entry.getKey()) && isNewer) {
                newest = entry.getValue();
                by = entry.getKey();
            }
        }
        return newest == null || newest.text().isEmpty() ? null : new Attribute(newest.text(), by, newest.at());
    }
}
