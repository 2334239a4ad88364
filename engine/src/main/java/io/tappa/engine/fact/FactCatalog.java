package io.tappa.engine.fact;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All facts of a pack: how each is gathered from events, and how it is read at a moment. */
public final class FactCatalog {
    /** Longest value of an event or trait that is kept, in characters. */
    public static final int LONGEST_VALUE = 200;

    private final List<Fact> facts;
    private final ZoneId zone;
    private final Map<String, Fact> byName = new HashMap<>();
    private final SortedMap<Integer, Accumulator> accumulators = new TreeMap<>();
    private final Map<String, List<Slotted>> byEvent = new HashMap<>();
    private final List<Slotted> ofAnyEvent = new ArrayList<>();
    private final @Nullable Slotted[] gathered;
    private final int[] plain;
    private final int[] derived;
    private final Gathering gathering;
    /** What is gathered though no fact tells it. */
    private final List<Accumulator> besides;
    /** Since when each fact is gathered, by its index; 0 for always. */
    private final long[] since;

    private record Slotted(int slot, Accumulator accumulator) {}

    /** A catalogue of {@code facts}, whose indexes are their places in the list; days are those of {@code zone}, and so are hours unless a visitor is elsewhere. */
    public FactCatalog(List<Fact> facts, ZoneId zone) {
        this(facts, zone, Gathering.ALWAYS, List.of());
    }

    private FactCatalog(List<Fact> facts, ZoneId zone, Gathering gathering, List<Accumulator> besides) {
        this.gathering = gathering;
        this.facts = List.copyOf(facts);
        this.zone = zone;
        this.gathered = new Slotted[this.facts.size()];
        this.derived = indexes(fact -> fact.source() instanceof Source.UpTo);
        this.plain = indexes(fact -> !(fact.source() instanceof Source.UpTo));
        for (var fact : this.facts) {
            byName.putIfAbsent(fact.label().toLowerCase(Locale.ROOT), fact);
        }
        for (var fact : this.facts) {
            byName.put(fact.id().toLowerCase(Locale.ROOT), fact);
            if (fact.source() instanceof Source.Gathered source) {
                gathered[fact.index()] = gather(source.accumulator());
            }
        }
        gather(new ConsentAccumulator("", ""));
        gather(new ArrivalAccumulator());
        gather(new AssignmentAccumulator(""));
        boolean localTime = this.facts.stream().anyMatch(fact -> Source.isLocalTime(fact.source()));
        this.besides = localTime ? and(besides, ZoneAccumulator.ONLY) : besides;
        this.besides.forEach(this::gather);
        this.since = new long[this.facts.size()];
        for (int index = 0; index < since.length; index++) {
            var slotted = gathered[index];
            since[index] = slotted == null ? 0 : gathering.since(slotted.slot());
        }
        byEvent.values().forEach(named -> named.addAll(ofAnyEvent));
    }

    private int[] indexes(Predicate<Fact> which) {
        return facts.stream().filter(which).mapToInt(Fact::index).toArray();
    }

    private static List<Accumulator> and(List<Accumulator> some, Accumulator more) {
        return Stream.concat(some.stream(), Stream.of(more)).distinct().toList();
    }

    private Slotted gather(Accumulator accumulator) {
        int slot = accumulator.slot();
        var slotted = new Slotted(slot, accumulator);
        if (accumulators.putIfAbsent(slot, accumulator) != null) {
            return slotted;
        }
        if (accumulator.events().isEmpty()) {
            ofAnyEvent.add(slotted);
        }
        for (var event : accumulator.events()) {
            byEvent.computeIfAbsent(event, name -> new ArrayList<>()).add(slotted);
        }
        return slotted;
    }

    /** The same facts, where some are gathered only since a certain moment. */
    public FactCatalog gathered(Gathering known) {
        return new FactCatalog(facts, zone, known, besides);
    }

    /** The same facts, where it is gathered besides in which zone a visitor is. */
    public FactCatalog withLocalTime() {
        return with(ZoneAccumulator.ONLY);
    }

    /** The same facts, where it is gathered besides which products a visitor looked at. */
    public FactCatalog withViewed() {
        return with(ViewedAccumulator.ONLY);
    }

    /** The same facts, where it is gathered besides what lies in a visitor's basket, prices in units. */
    public FactCatalog withBasket(long unitsPerOne) {
        return with(BasketAccumulator.any(unitsPerOne));
    }

    private FactCatalog with(Accumulator more) {
        return new FactCatalog(facts, zone, gathering, and(besides, more));
    }

    /** Since when the facts are gathered. */
    public Gathering gathering() {
        return gathering;
    }

    /** The slots of all that is gathered from events. */
    public SortedSet<Integer> slots() {
        return new TreeSet<>(accumulators.keySet());
    }

    /** A catalogue that tells only {@code asked}, and so takes less time; all other facts are unknown. */
    public FactCatalog only(Collection<Fact> asked) {
        var told = new TreeSet<Integer>();
        for (var fact : asked) {
            told.add(fact.index());
            if (fact.source() instanceof Source.UpTo upTo) {
                told.add(upTo.ofIndex());
            }
        }
        return new FactCatalog(
                facts.stream()
                        .map(fact -> told.contains(fact.index()) ? fact : fact.untold())
                        .toList(),
                zone,
                gathering,
                besides);
    }

    /** All facts, by index. */
    public List<Fact> facts() {
        return facts;
    }

    /** The zone whose days count. */
    public ZoneId zone() {
        return zone;
    }

    /** The fact with this id or label, whatever its capitals, or null. */
    public @Nullable Fact find(String idOrLabel) {
        return byName.get(idOrLabel.toLowerCase(Locale.ROOT));
    }

    /** Every name that authors may write, for suggestions. */
    public Collection<String> names() {
        var names = new TreeSet<String>();
        facts.forEach(fact -> {
            names.add(fact.id());
            names.add(fact.label());
        });
        return names;
    }

    /** Names of all events that some fact looks at. */
    public SortedSet<String> eventsRead() {
        var read = new TreeSet<>(byEvent.keySet());
        read.remove(ArrivalAccumulator.NO_EVENT);
        return read;
    }

    /**
     * Those of {@code values} that some fact reads from events called {@code event}; the rest need not be kept. Longer ones
     * than {@value #LONGEST_VALUE} characters are cut, so that no sender can fill a visitor's state.
     */
    public SortedMap<String, String> kept(String event, SortedMap<String, String> values) {
        var kept = new TreeMap<String, String>();
        for (var slotted : accumulatorsOf(event)) {
            for (var path : slotted.accumulator().reads()) {
                var value = values.get(path);
                if (value != null) {
                    kept.put(path, shortened(value));
                }
            }
        }
        for (var slotted : accumulatorsOf(event)) {
            slotted.accumulator().digest(event, values, kept);
        }
        return kept;
    }

    private static String shortened(String value) {
        return shortened(value, LONGEST_VALUE);
    }

    /** Cut between characters, never inside one that takes two chars. */
    static String shortened(String value, int longest) {
        if (value.length() <= longest) {
            return value;
        }
        boolean inside = Character.isHighSurrogate(value.charAt(longest - 1));
        return value.substring(0, inside ? longest - 1 : longest);
    }

    /** Adds one event to what {@code cells} have gathered. */
    public void fold(Map<Integer, Cell> cells, String event, long atMillis, SortedMap<String, String> values) {
        for (var slotted : accumulatorsOf(event)) {
            var before = cells.get(slotted.slot());
            var after = slotted.accumulator().fold(before, event, atMillis, values);
            if (after != null && after != before) {
                cells.put(slotted.slot(), after);
            }
        }
    }

    /** Joins what another lane has gathered into {@code cells}; what no fact reads any more is left out. */
    public void join(Map<Integer, Cell> cells, Map<Integer, Cell> other) {
        other.forEach((slot, cell) -> {
            var accumulator = accumulators.get(slot);
            if (accumulator != null) {
                cells.merge(slot, cell, accumulator::join);
            }
        });
    }

    /** Forgets what no window sees at or after {@code horizonMillis}, and what no fact reads any more. */
    public void prune(Map<Integer, Cell> cells, long horizonMillis) {
        cells.keySet().retainAll(accumulators.keySet());
        cells.replaceAll((slot, cell) -> accumulator(slot).prune(cell, horizonMillis));
    }

    private Accumulator accumulator(int slot) {
        var accumulator = accumulators.get(slot);
        if (accumulator == null) {
            throw new IllegalStateException("slot %d has no accumulator".formatted(slot));
        }
        return accumulator;
    }

    private List<Slotted> accumulatorsOf(String event) {
        return byEvent.getOrDefault(event, ofAnyEvent);
    }

    /** All facts at one moment; persona facts are left for the caller to fill. */
    public FactValues read(Map<Integer, Cell> cells, Circumstances around) {
        var moment = moment(around, cells);
        var values = new FactValues(
                facts.size(), around.nowMillis(), around.news(), moment.theirs().getZone());
        fillPlain(values, heard(cells, around), moment);
        fillDerived(values, moment);
        return values;
    }

    /** What was gathered, and what whoever asks says right now without its being kept. */
    private static Map<Integer, Cell> heard(Map<Integer, Cell> cells, Circumstances around) {
        if (!"1".equals(around.context().get(Consent.PRIVACY_CONTROL))) {
            return cells;
        }
        var heard = new HashMap<>(cells);
        int slot = ConsentAccumulator.SLOT;
        heard.put(slot, ConsentAccumulator.withoutAds(cells.get(slot), around.nowMillis()));
        return heard;
    }

    /** Who told what {@code fact} shows of {@code cells}, and when; null when it is no attribute or has no value. */
    public @Nullable Attribute attribute(Map<Integer, Cell> cells, Fact fact) {
        var slotted = gathered[fact.index()];
        return slotted != null && slotted.accumulator() instanceof TraitAccumulator trait
                ? trait.shown(cells.get(slotted.slot()))
                : null;
    }

    /** Whether {@code fact} tells as much as it can, and perhaps less than there was. */
    public boolean isSaturated(Map<Integer, Cell> cells, Fact fact) {
        var slotted = gathered[fact.index()];
        var cell = slotted == null ? null : cells.get(slotted.slot());
        return slotted != null && cell != null && slotted.accumulator().isSaturated(cell);
    }

    /** The facts of somebody of whom nothing is known, not even counts; for the caller to fill. */
    public FactValues blank(long nowMillis) {
        return blank(nowMillis, zone);
    }

    private FactValues blank(long nowMillis, ZoneId theirs) {
        return new FactValues(facts.size(), nowMillis, ProductNews.NONE, theirs);
    }

    /** The facts of an imagined visitor: as of nobody, but for what is {@code assumed}, by fact id. */
    public FactValues assume(SortedMap<String, String> assumed, Circumstances around) {
        return assume(assumed, Map.of(), around);
    }

    /** The same of somebody of whom {@code cells} were gathered. */
    public FactValues assume(SortedMap<String, String> assumed, Map<Integer, Cell> cells, Circumstances around) {
        var moment = moment(around, cells);
        var values = blank(around.nowMillis(), moment.theirs().getZone());
        fillPlain(values, heard(cells, around), moment);
        put(values, assumed);
        fillDerived(values, moment);
        put(values, assumed);
        return values;
    }

    /**
     * The facts that somebody wrote down of a visitor who was in the zone {@code theirs}: {@code filled} puts them back, and what
     * follows from them or from where the visitor is comes by itself; persona facts are left for the caller to fill.
     */
    public FactValues restore(Circumstances around, ZoneId theirs, Consumer<FactValues> filled) {
        var now = Instant.ofEpochMilli(around.nowMillis());
        var moment = new Source.Moment(around, now.atZone(zone), now.atZone(theirs));
        var values = blank(around.nowMillis(), theirs);
        filled.accept(values);
        for (var fact : facts) {
            if (fact.source() instanceof Source.TouchpointKey) {
                fact.source().fill(values, fact, moment);
            }
        }
        fillDerived(values, moment);
        return values;
    }

    private void put(FactValues values, SortedMap<String, String> assumed) {
        assumed.forEach((name, text) -> {
            var fact = find(name);
            if (fact != null && text.equals("unknown")) {
                values.forget(fact.index());
            } else if (fact != null) {
                fact.put(values, text, zone);
            }
        });
    }

    private Source.Moment moment(Circumstances around, Map<Integer, Cell> cells) {
        var now = Instant.ofEpochMilli(around.nowMillis());
        var theirs = ZoneAccumulator.zone(around.context(), cells, zone);
        return new Source.Moment(around, now.atZone(zone), now.atZone(theirs));
    }

    private void fillPlain(FactValues values, Map<Integer, Cell> cells, Source.Moment moment) {
        for (int index : plain) {
            var fact = facts.get(index);
            var slotted = gathered[index];
            if (slotted != null) {
                var cell = cells.get(slotted.slot());
                if (since[index] == 0 || wholeFrom(index, cells) <= values.nowMillis()) {
                    slotted.accumulator().read(cell, fact, values, zone);
                }
            } else {
                fact.source().fill(values, fact, moment);
            }
        }
    }

    /**
     * From which moment on {@code fact} is known of somebody of whom {@code cells} were gathered, in milliseconds since 1970:
     * 0 for always, {@link Gathering#NEVER} where what was missed matters for ever.
     */
    public long knownFrom(Map<Integer, Cell> cells, Fact fact) {
        return since[fact.index()] == 0 ? 0 : wholeFrom(fact.index(), cells);
    }

    private long wholeFrom(int index, Map<Integer, Cell> cells) {
        var slotted = gathered[index];
        return slotted == null || ArrivalAccumulator.millis(cells) >= since[index]
                ? 0
                : slotted.accumulator().wholeFrom(cells.get(slotted.slot()), since[index]);
    }

    private void fillDerived(FactValues values, Source.Moment moment) {
        for (int index : derived) {
            var fact = facts.get(index);
            fact.source().fill(values, fact, moment);
        }
    }
}
