package io.tappa.engine.fact;

import io.tappa.engine.fact.PatternCell.Step;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.touchpoint.Touchpoints;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A pattern that joins what one person does on screens and in shops: a first step, and within a window a second one.
 *
 * <p>Which step an event is, and of what, is told when it arrives, so that its values need not be kept.
 *
 * @param pattern which pattern
 * @param within longest time between the two steps
 * @param shop the only shop that counts, or null for any
 * @param touchpoints which touchpoints are offline
 */
public record PatternAccumulator(
        ChannelPattern pattern, Duration within, @Nullable String shop, Touchpoints touchpoints)
        implements Accumulator {
    private static final int LONGEST_SHOP = 60;
    private static final char FIRST = 'F';
    private static final char THEN = 'T';
    /** Stands before the shop. */
    private static final char AT = '@';

    @Override
    public String canonical() {
        return "%s %s %s".formatted(pattern.key(), within, EventFilter.exact(shop));
    }

    @Override
    public List<String> events() {
        return pattern.events();
    }

    @Override
    public Set<String> reads() {
        return Set.of();
    }

    @Override
    public void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {
        boolean offline = touchpoints.happenedOffline(values);
        boolean isFirst = pattern.begins(event, values, offline);
        boolean isStep = isFirst || pattern.ends(event, values, offline);
        var digest = isStep ? (isFirst ? FIRST : THEN) + things(values) + AT + shop(values) : null;
        kept.compute(pattern.digestKey(), (name, sent) -> digest);
    }

    /** What the event is about, as {@code thing.category} in hexadecimal digits, several joined by commas. */
    private String things(SortedMap<String, String> values) {
        var things = new TreeSet<String>();
        if (pattern == ChannelPattern.CLICK_AND_COLLECT) {
            things.add(hash(values.get("order_id")) + ".0");
        } else {
            var listed = ProductList.of(values);
            for (var product : listed.isEmpty() ? List.of(ProductList.itself(values)) : listed) {
                things.add(hash(product.id()) + "." + hash(product.valueOr("category", "")));
            }
        }
        return String.join(",", things);
    }

    private static String hash(@Nullable String text) {
        return text == null || text.isEmpty() ? "0" : Integer.toHexString(Hashes.first32(text));
    }

    private static String shop(SortedMap<String, String> values) {
        return FactCatalog.shortened(values.getOrDefault("shop", "").trim(), LONGEST_SHOP);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        var digest = values.get(pattern.digestKey());
        if (digest == null) {
            return cell;
        }
        boolean isFirst = digest.charAt(0) == FIRST;
        int end = digest.indexOf(AT);
        var where = digest.substring(end + 1);
        boolean isOffline = isFirst == pattern.beginsOffline();
        if (isOffline && shop != null && !shop.equalsIgnoreCase(where)) {
            return cell;
        }
        var steps = steps(digest.substring(1, end), at, where);
        var gathered = new PatternCell(isFirst ? steps : List.of(), isFirst ? List.of() : steps, null);
        return cell == null ? gathered : join(cell, gathered);
    }

    private static List<Step> steps(String things, long at, String shop) {
        var steps = new ArrayList<Step>();
        for (var thing : things.split(",", -1)) {
            int point = thing.indexOf('.');
            steps.add(new Step(
                    at,
                    Integer.parseUnsignedInt(thing, 0, point, 16),
                    Integer.parseUnsignedInt(thing, point + 1, thing.length(), 16),
                    shop));
        }
        steps.sort(Step.ORDER);
        return steps;
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((PatternCell) left).plus((PatternCell) right, this::makeUp, pattern.beginsOffline());
    }

    private boolean makeUp(Step first, Step then) {
        return first.at() < then.at() && then.at() - first.at() <= within.toMillis() && first.matches(then);
    }

    /** A habit that was shown once is one; that it never was is not known. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return cell instanceof PatternCell known && known.found() != null ? 0 : Gathering.NEVER;
    }

    /** Yes or no; for a fact that is a word, the shop. */
    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var found = cell instanceof PatternCell known ? known.found() : null;
        if (fact.type() == FactType.YESNO) {
            values.put(fact.index(), found == null ? "no" : "yes");
        } else if (found != null) {
            fact.put(values, found.shop(), zone);
        }
    }
}
