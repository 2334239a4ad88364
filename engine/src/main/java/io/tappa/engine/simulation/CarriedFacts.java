package io.tappa.engine.simulation;

import io.tappa.engine.decision.AskedFacts;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactType;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.fact.Source;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Carries what was recorded of visitors by one pack over to the facts of another, by their ids. */
final class CarriedFacts {
    private final PackSnapshot before;
    private final PackSnapshot draft;
    private final List<Fact> recorded;
    private final List<Carried> carried = new ArrayList<>();
    private final List<Fact> lost = new ArrayList<>();
    private final List<Fact> redefined = new ArrayList<>();

    /**
     * A fact of the draft, and where its value comes from.
     *
     * @param to the fact to fill
     * @param from the fact that was recorded, or null where the moment and the request tell the value
     */
    private record Carried(Fact to, @Nullable Fact from) {}

    CarriedFacts(PackSnapshot before, PackSnapshot draft) {
        this.before = before;
        this.draft = draft;
        this.recorded = AskedFacts.of(before);
        for (var fact : AskedFacts.of(draft)) {
            var from = before.facts().find(fact.id());
            if (from != null && from.id().equals(fact.id()) && isTold(from) && isAlike(from, fact)) {
                carried.add(new Carried(fact, from));
                if (!definition(from, before).equals(definition(fact, draft))) {
                    redefined.add(fact);
                }
            } else if (isOfTheMoment(fact.source())) {
                carried.add(new Carried(fact, null));
            } else {
                lost.add(fact);
            }
        }
    }

    /** The facts that a record of {@code before} holds. */
    List<Fact> recorded() {
        return recorded;
    }

    /** The facts that the draft asks and records do not tell; nobody knows them. */
    List<Fact> lost() {
        return lost;
    }

    /** The facts that mean something else in the draft and are taken all the same. */
    List<Fact> redefined() {
        return redefined;
    }

    /** Whether a record tells it, itself or by what it follows from. */
    private boolean isTold(Fact fact) {
        var source = fact.source();
        return recorded.contains(fact)
                || source instanceof Source.Personas
                || source instanceof Source.Segments
                || source instanceof Source.FirstMatching
                || source instanceof Source.TouchpointKey
                || (source instanceof Source.UpTo upTo
                        && recorded.contains(before.facts().facts().get(upTo.ofIndex())));
    }

    /** Whether a stored value means the same for both; times are stored in milliseconds whatever their unit. */
    private static boolean isAlike(Fact one, Fact other) {
        boolean times = one.unit() != null && other.unit() != null;
        return one.type() == other.type() && (times || one.unitsPerOne() == other.unitsPerOne());
    }

    private static boolean isOfTheMoment(Source source) {
        return source instanceof Source.Context || Source.isLocalTime(source);
    }

    private static String definition(Fact fact, PackSnapshot pack) {
        if (fact.source() instanceof Source.Gathered gathered) {
            return gathered.accumulator().canonical();
        }
        return fact.source() instanceof Source.UpTo upTo
                ? "up to %d of %s"
                        .formatted(
                                upTo.limit(),
                                pack.facts().facts().get(upTo.ofIndex()).id())
                : fact.source().toString();
    }

    /** What the draft knows of the visitor at {@code touchpoint}. */
    FactValues of(Inputs inputs, Touchpoint touchpoint) {
        var request = inputs.request();
        var around = new Circumstances(
                request.atMillis(), null, touchpoint.key(), request.context(), new TreeMap<>(), ProductNews.NONE);
        var theirs = inputs.facts().zone();
        var now = Instant.ofEpochMilli(request.atMillis());
        var moment = new Source.Moment(around, now.atZone(draft.settings().zone()), now.atZone(theirs));
        var facts = draft.facts().restore(around, theirs, values -> {
            for (var one : carried) {
                if (one.from() == null) {
                    one.to().source().fill(values, one.to(), moment);
                } else {
                    copy(inputs.facts(), one.from(), values, one.to());
                }
            }
        });
        return draft.personas().recognise(facts);
    }

    private static void copy(FactValues old, Fact from, FactValues values, Fact to) {
        if (from.type() == FactType.WORDS) {
            var several = old.words(from.index());
            if (several != null) {
                values.put(to.index(), several);
            }
        } else if (from.type().isNumeric()) {
            values.put(to.index(), old.number(from.index()));
        } else {
            values.put(to.index(), old.word(from.index()));
        }
    }
}
