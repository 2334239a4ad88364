package io.tappa.engine.decision;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.Source;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.persona.Persona;
import io.tappa.engine.persona.Segment;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.file.Vocabulary;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Which facts decisions of a pack depend on, so that they must be written down. */
public final class AskedFacts {
    private AskedFacts() {}

    /**
     * The facts that rules, personas, segments, texts and arbitration ask, in the order of the catalogue; what follows from other facts or
     * from the touchpoint is replaced by what it follows from.
     */
    public static List<Fact> of(PackSnapshot pack) {
        var asked = new TreeSet<>(Comparator.comparingInt(Fact::index));
        if (pack.settings().arbitration().propensity()) {
            asked.add(Objects.requireNonNull(pack.facts().find(Vocabulary.STAGE)));
        }
        var inTexts = pack.offers().all().stream().flatMap(Offer::factsInTexts);
        Stream.concat(ofConditions(pack), inTexts).forEach(fact -> {
            if (fact.source() instanceof Source.UpTo upTo) {
                asked.add(pack.facts().facts().get(upTo.ofIndex()));
            } else if (!follows(fact.source())) {
                asked.add(fact);
            }
        });
        return List.copyOf(asked);
    }

    private static Stream<Fact> ofConditions(PackSnapshot pack) {
        return Stream.of(
                        pack.decisions().rules().stream().map(Rule::alternatives),
                        pack.personas().personas().stream().map(Persona::alternatives),
                        pack.segments().segments().stream().map(Segment::alternatives))
                .flatMap(Function.identity())
                .flatMap(Collection::stream)
                .map(Box::conditions)
                .flatMap(Collection::stream)
                .map(Condition::fact);
    }

    /** Whether it can be told from the touchpoint or from the other facts. */
    private static boolean follows(Source source) {
        return source instanceof Source.TouchpointKey
                || source instanceof Source.Personas
                || source instanceof Source.Segments
                || source instanceof Source.FirstMatching;
    }
}
