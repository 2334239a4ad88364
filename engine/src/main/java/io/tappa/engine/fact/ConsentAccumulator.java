package io.tappa.engine.fact;

import io.tappa.engine.identity.Hashes;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What somebody consented to; gathered for every pack, whether or not a fact asks for it.
 *
 * @param name which purpose the fact tells, or a purpose for a channel; empty where there is no fact
 * @param missing the word the fact shows as long as nobody said anything
 */
public record ConsentAccumulator(String name, String missing) implements Accumulator {
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
        if (digest == null) {
            return said;
        }
        var more = Consent.statements(digest, atMillis);
        return said == null ? more : newest(said, more);
    }

    /** What was said at one time and another, the newer statement counting. */
    public static Cell newest(Cell left, Cell right) {
        return ((ConsentCell) left).plus((ConsentCell) right);
    }

    /** What was said, with advertising denied by whoever asks at {@code nowMillis}. */
    static Cell withoutAds(@Nullable Cell said, long nowMillis) {
        var cell = said instanceof ConsentCell consents ? consents : ConsentCell.of(new TreeMap<>());
        return cell.denying(Consent.OF_ADS, nowMillis);
    }

    @Override
    public Cell join(Cell left, Cell right) {
        return newest(left, right);
    }

    /** It is gathered for every pack. */
    @Override
    public long wholeFrom(@Nullable Cell cell, long sinceMillis) {
        return 0;
    }

    @Override
    public void read(@Nullable Cell cell, Fact fact, FactValues values, ZoneId zone) {
        var said = cell instanceof ConsentCell consents ? consents.holding(name) : null;
        values.put(fact.index(), said == null ? missing : said.key());
    }
}
