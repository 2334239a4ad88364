package io.tappa.engine.simulation;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.RuleSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The compiled rules of a pack beside their plain meaning, over random visitors.
 *
 * @param seed what the visitors were drawn from; the same seed draws the same ones again
 * @param visitors how many were compared
 * @param matches how often any rule matched, as its author wrote it
 * @param neverMatched ids of rules that matched nobody, so that nothing was learnt about them
 * @param different for how many visitors the two did not agree
 * @param differences the first {@value #MOST_TOLD} of them, as sentences
 */
public record Comparison(
        long seed,
        int visitors,
        long matches,
        SortedSet<String> neverMatched,
        long different,
        List<String> differences) {
    /** Differences told; more of them would say nothing new. */
    public static final int MOST_TOLD = 10;

    public Comparison {
        neverMatched = Collections.unmodifiableSortedSet(new TreeSet<>(neverMatched));
        differences = List.copyOf(differences);
    }

    /** Compares decisions and moves of {@code pack} for as many random visitors as asked. */
    public static Comparison of(PackSnapshot pack, int visitors, long seed) {
        var tally = new Tally(seed, pack);
        var drawn = new BorderVisitors(pack, seed);
        for (int visitor = 0; visitor < visitors; visitor++) {
            tally.add(visitor, drawn.next());
        }
        return new Comparison(seed, visitors, tally.matches, tally.neverMatched, tally.different, tally.differences);
    }

    /** Whether the two agreed for every visitor. */
    public boolean agrees() {
        return different == 0;
    }

    /** What was seen so far. */
    private static final class Tally {
        private final long seed;
        private final List<Pair> pairs;
        private final SortedSet<String> neverMatched = new TreeSet<>();
        private final List<String> differences = new ArrayList<>();
        private long matches;
        private long different;

        private record Pair(String name, RuleSet compiled, RuleSet written) {}

        Tally(long seed, PackSnapshot pack) {
            this.seed = seed;
            this.pairs = List.of(pair("moves", pack.moves()), pair("decision rules", pack.decisions()));
            pairs.forEach(pair -> neverMatched.addAll(ids(pair.written.rules())));
        }

        private static Pair pair(String name, RuleSet compiled) {
            return new Pair(name, compiled, new PlainRuleSet(compiled.rules()));
        }

        void add(int visitor, FactValues facts) {
            boolean agreed = true;
            for (var pair : pairs) {
                var written = ids(pair.written.matching(facts));
                var compiled = ids(pair.compiled.matching(facts));
                matches += written.size();
                neverMatched.removeAll(written);
                if (!compiled.equals(written)) {
                    agreed = false;
                    tell("Visitor %s of seed %s: the %s %s match as written, but %s match compiled."
                            .formatted(visitor, seed, pair.name, written, compiled));
                }
            }
            different += agreed ? 0 : 1;
        }

        private void tell(String difference) {
            if (differences.size() < MOST_TOLD) {
                differences.add(difference);
            }
        }

        private static List<String> ids(List<Rule> rules) {
            return rules.stream().map(Rule::id).toList();
        }
    }
}
