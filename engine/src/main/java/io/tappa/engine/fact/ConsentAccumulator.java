package io.tappa.engine.fact;

import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody consented to; gathered for every pack, whether or not a fact asks for it.
 *
 * @param purpose which purpose the fact tells, or empty where there is no fact
 */
public record ConsentAccumulator(String purpose) implements Accumulator {
    /** The key of the cell in every lane. */
    public static final int SLOT = Hashes.first32("consent");

    @Override
    public String canonical() {
        return "consent";
    }

    @Override
    public List<String> events() {
        return List.of();
    }

    @Override
    public Set<String> reads() {
        return Set.of();
    }

    @Override
    public void digest(String event, SortedMap<String, String> values, Map<String, String> kept) {
        var said = Consent.digest(event, values);
        kept.compute(Consent.DIGEST, (name, sent) -> said);
    }

    @Override
    public @Nullable Cell fold(@Nullable Cell cell, String event, long at, SortedMap<String, String> values) {
        return ofEvents(cell, at, values);
    }

    /** What was said until now and with one more event; null when nothing was. */
    public static @Nullable Cell ofEvents(@Nullable Cell said, long atMillis, SortedMap<String, String> values) {
        var digest = values.get(Consent.DIGEST);
        return digest == null ? said : both(said, Consent.statements(digest, atMillis));
    }

    /** What was said under two ids, the newer statement counting; null when nothing was. */
    public static @Nullable Cell both(@Nullable Cell left, @Nullable Cell right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return ((ConsentCell) left).plus((ConsentCell) right);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return ((ConsentCell) left).plus((ConsentCell) right);
    }

    /** It is gathered for every pack. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var said = cell instanceof ConsentCell consents ? consents.on(purpose) : null;
        if (said != null) {
            values.put(fact.index(), said.status().key());
        }
    }
}
