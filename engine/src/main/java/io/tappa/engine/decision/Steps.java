package io.tappa.engine.decision;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All at which a candidate can lose, conditions and arbitration included. */
final class Steps {
    /** The conditions of rules; whoever misses them is no candidate. */
    static final String CONDITIONS = "conditions";

    /** Their names, in the order in which candidates meet them. */
    static final List<String> IN_ORDER = Stream.of(
                    Stream.of(CONDITIONS),
                    Filter.IN_ORDER.stream().map(Filter::name),
                    Stream.of("outranked", "kept", "held-out", "experiment"))
            .flatMap(Function.identity())
            .toList();

    private Steps() {}

    /** The name of the step at which {@code verdict} was given; what exactly was missing there is left out. */
    static String of(Verdict verdict) {
        return verdict.code().replaceFirst(":.*", "");
    }

    /** How far a candidate came that lost at {@code step}. */
    static int place(String step) {
        return IN_ORDER.indexOf(step);
    }
}
