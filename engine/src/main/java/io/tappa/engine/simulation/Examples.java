package io.tappa.engine.simulation;

import io.tappa.engine.decision.Explanation;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.decision.Verdict;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.ReplayReport.Example;
import io.tappa.engine.simulation.ReplayReport.Kind;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;

/** A few changes of each kind, drawn by the hash of moment and content, so that they are the same in whatever order they come. */
final class Examples {
    private static final Comparator<Ticket> LOWEST_FIRST = Comparator.comparingLong(Ticket::hash)
            .thenComparing(ticket -> ticket.example().toString());

    private final Map<Kind, NavigableSet<Ticket>> byKind = new EnumMap<>(Kind.class);

    private record Ticket(long hash, Example example) {}

    /**
     * One side of a comparison.
     *
     * @param pack who decided
     * @param inputs what it depended on
     */
    record Side(PackSnapshot pack, Inputs inputs) {
        private String because(Verdict verdict) {
            return Sentences.of(pack.settings()).because(verdict, inputs.facts());
        }
    }

    /**
     * A change that may serve as an example.
     *
     * @param kind what changed
     * @param id what the caller calls the decision
     * @param pair what stood there, and what would
     * @param stage the stage the visitor was in
     * @param was who decided then
     * @param now who decides now
     */
    record Drawn(Kind kind, String id, ReplayTally.Pair pair, String stage, Side was, Side now) {
        private long hash(List<Fact> recorded) {
            var request = was.inputs().request();
            var text = new StringBuilder()
                    .append(request.atMillis())
                    .append('\0')
                    .append(pair.placement())
                    .append('\0')
                    .append(request.context())
                    .append(pair.was().choices())
                    .append(pair.now().choices());
            var facts = was.inputs().facts();
            for (var fact : recorded) {
                text.append('\0').append(fact.id()).append('\0');
                if (fact.type().isNumeric()) {
                    text.append(facts.number(fact.index()));
                } else {
                    text.append(facts.word(fact.index())).append(facts.words(fact.index()));
                }
            }
            return Hashes.first64(text.toString());
        }

        private Example example() {
            var from = Replay.offers(pair.was());
            var to = Replay.offers(pair.now());
            return new Example(
                    kind,
                    id,
                    was.inputs().request().atMillis(),
                    pair.placement(),
                    stage,
                    from,
                    to,
                    was.because(why(pair.was(), first(from, to))),
                    now.because(why(pair.now(), first(to, from))),
                    whyNot(first(from, to)));
        }

        /** The first of {@code offers} that is not among {@code others}, else the first at all, else the empty text. */
        private static String first(List<String> offers, List<String> others) {
            return offers.stream()
                    .filter(offer -> !others.contains(offer))
                    .findFirst()
                    .orElse(offers.isEmpty() ? "" : offers.get(0));
        }

        /** Why {@code offer} stands there, or what led to whatever does. */
        private static Verdict why(PlacementDecision decided, String offer) {
            return decided.judged().stream()
                    .filter(judged -> judged.candidate().offer().key().equals(offer))
                    .filter(judged -> judged.verdict() instanceof Verdict.Chosen)
                    .findFirst()
                    .map(judged -> judged.verdict())
                    .orElse(decided.why());
        }

        private String whyNot(String offer) {
            var judged = pair.now().judged().stream()
                    .filter(one -> one.candidate().offer().key().equals(offer))
                    .findFirst();
            if (judged.isPresent()) {
                var verdict = judged.get().verdict();
                return verdict instanceof Verdict.Chosen ? "" : now.because(verdict);
            }
            var placement = Objects.requireNonNull(
                    now.inputs().request().touchpoint().placement(pair.now().placement()));
            return Explanation.missed(now.pack(), now.inputs().facts(), placement).stream()
                    .filter(one -> one.candidate().offer().key().equals(offer))
                    .findFirst()
                    .map(one -> now.because(one.verdict()))
                    .orElse("");
        }
    }

    /** Keeps {@code drawn} if its hash is among the lowest of its kind; {@code recorded} are the facts that its record holds. */
    void offer(Drawn drawn, List<Fact> recorded) {
        var kept = byKind.computeIfAbsent(drawn.kind(), kind -> new TreeSet<>(LOWEST_FIRST));
        long hash = drawn.hash(recorded);
        if (kept.size() == ReplayReport.MOST_EXAMPLES && kept.last().hash() < hash) {
            return;
        }
        kept.add(new Ticket(hash, drawn.example()));
        if (kept.size() > ReplayReport.MOST_EXAMPLES) {
            kept.pollLast();
        }
    }

    /** Those drawn so far, kind by kind. */
    List<Example> drawn() {
        return byKind.values().stream()
                .flatMap(NavigableSet::stream)
                .map(Ticket::example)
                .toList();
    }
}
