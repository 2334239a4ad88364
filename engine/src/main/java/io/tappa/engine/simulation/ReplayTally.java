package io.tappa.engine.simulation;

import io.tappa.engine.decision.Choice;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Verdict;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.simulation.ReplayReport.Displays;
import io.tappa.engine.simulation.ReplayReport.Idle;
import io.tappa.engine.simulation.ReplayReport.Kind;
import io.tappa.engine.simulation.ReplayReport.Slice;
import io.tappa.engine.simulation.ReplayReport.Swap;
import io.tappa.engine.simulation.ReplayReport.Swaps;
import io.tappa.engine.simulation.ReplayReport.Unjudged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a replay has counted so far; sums and sets only, so that the order of adding does not matter. */
final class ReplayTally {
    private final PackSnapshot draft;
    private final Dependencies dependencies;
    private final Examples examples = new Examples();
    private final SortedMap<Kind, Long> kinds = new TreeMap<>();
    private final SortedMap<String, Long> gone = new TreeMap<>();
    private final Part all = new Part();
    private final SortedMap<String, Part> byPlacement = new TreeMap<>();
    private final SortedMap<String, Part> byStage = new TreeMap<>();
    private final SortedMap<String, Part> byPersona = new TreeMap<>();
    private final SortedMap<String, long[]> displays = new TreeMap<>();
    private final Set<String> asked = new HashSet<>();
    private final Set<String> matched = new HashSet<>();
    private final Set<String> won = new HashSet<>();
    private final Set<Integer> lostFacts = new HashSet<>();
    private final SortedMap<Missing, Long> unjudged = new TreeMap<>();
    private final Set<String> silent = new HashSet<>();
    private long decisions;
    private long changedDecisions;

    ReplayTally(PackSnapshot draft) {
        this.draft = draft;
        this.dependencies = new Dependencies(draft);
        draft.decisions().rules().stream()
                .filter(rule -> rule.outcome() instanceof NeverShow)
                .forEach(rule -> silent.add(rule.id()));
    }

    /**
     * What one placement showed and would show.
     *
     * @param placement {@code touchpoint.placement}
     * @param was as recorded
     * @param now as the draft decides
     */
    record Pair(String placement, PlacementDecision was, PlacementDecision now) {}

    /**
     * To whom.
     *
     * @param stage the stage the visitor was in, or the empty text
     * @param personas the personas of the visitor, or the empty text alone
     */
    record Group(String stage, SortedSet<String> personas) {}

    private record Missing(Unjudged.What what, String name) implements Comparable<Missing> {
        private static final Comparator<Missing> ORDER =
                Comparator.comparing(Missing::what).thenComparing(Missing::name);

        @Override
        public int compareTo(Missing other) {
            return ORDER.compare(this, other);
        }
    }

    private record Way(String from, String to) {}

    /** Counts of some of the placements. */
    private static final class Part {
        private final Map<Way, Long> swaps = new HashMap<>();
        private long placements;
        private long changed;

        void add(@Nullable Kind kind, List<Way> ways) {
            placements++;
            changed += kind == null ? 0 : 1;
            ways.forEach(way -> swaps.merge(way, 1L, Long::sum));
        }

        Slice slice() {
            return new Slice(placements, changed, swaps(ReplayReport.MOST_OF_SLICE));
        }

        Swaps swaps(int most) {
            var largest = swaps.entrySet().stream()
                    .map(entry -> new Swap(entry.getKey().from(), entry.getKey().to(), entry.getValue()))
                    .sorted(Swap.LARGEST_FIRST)
                    .limit(most)
                    .toList();
            long all = swaps.values().stream().mapToLong(Long::longValue).sum();
            return new Swaps(
                    largest, all - largest.stream().mapToLong(Swap::displays).sum());
        }
    }

    Dependencies dependencies() {
        return dependencies;
    }

    Examples examples() {
        return examples;
    }

    void addDecision() {
        decisions++;
    }

    void addChangedDecision() {
        changedDecisions++;
    }

    void addGone(String name) {
        gone.merge(name, 1L, Long::sum);
    }

    void addPlacement(Pair pair, @Nullable Kind kind, Group group) {
        var from = Replay.offers(pair.was());
        var to = Replay.offers(pair.now());
        from.forEach(offer -> displaysOf(offer)[0]++);
        to.forEach(offer -> displaysOf(offer)[1]++);
        if (kind != null) {
            kinds.merge(kind, 1L, Long::sum);
        }
        var ways = ways(from, to);
        all.add(kind, ways);
        part(byPlacement, pair.placement()).add(kind, ways);
        part(byStage, group.stage()).add(kind, ways);
        group.personas().forEach(persona -> part(byPersona, persona).add(kind, ways));
    }

    private long[] displaysOf(String offer) {
        return displays.computeIfAbsent(offer, key -> new long[2]);
    }

    private static Part part(SortedMap<String, Part> parts, String name) {
        return parts.computeIfAbsent(name, key -> new Part());
    }

    /** What stands there no more, beside what stands there newly; what stays takes nobody's display. */
    private static List<Way> ways(List<String> from, List<String> to) {
        var lost = new ArrayList<>(from);
        lost.removeAll(to);
        var gained = new ArrayList<>(to);
        gained.removeAll(from);
        var ways = new ArrayList<Way>();
        for (int i = 0; i < Math.max(lost.size(), gained.size()); i++) {
            ways.add(new Way(i < lost.size() ? lost.get(i) : "", i < gained.size() ? gained.get(i) : ""));
        }
        return ways;
    }

    /** Notes which rules of the draft matched and won. */
    void addRules(Inputs inputs, Decision decision) {
        inputs.request().placements().forEach(placement -> asked.add(placement.fullName()));
        for (var decided : decision.placements()) {
            decided.choices().stream()
                    .map(Choice::rule)
                    .filter(Objects::nonNull)
                    .forEach(won::add);
            for (var judged : decided.judged()) {
                matched.add(judged.candidate().rule().id());
                if (judged.verdict() instanceof Verdict.KeptAway kept) {
                    kept.by().forEach(rule -> won.add(rule.id()));
                }
            }
        }
        if (!silent.isEmpty()) {
            addKeepingAway(inputs);
        }
    }

    /** Rules that keep something away are no candidates; they are asked only until each has matched once. */
    private void addKeepingAway(Inputs inputs) {
        for (var rule : draft.decisions().matching(inputs.facts())) {
            boolean matters = silent.contains(rule.id())
                    && inputs.request().placements().stream()
                            .anyMatch(placement -> rule.outcome().placements().contains(placement.fullName()));
            if (matters) {
                matched.add(rule.id());
                silent.remove(rule.id());
            }
        }
    }

    void addGaps(Gaps gaps, Gaps.Seen seen) {
        lostFacts.addAll(gaps.lostFacts());
        for (var gap : gaps.all()) {
            if (gap.touches().test(seen)) {
                unjudged.merge(new Missing(gap.what(), gap.name()), 1L, Long::sum);
            }
        }
    }

    private @Nullable Idle idle(Rule rule) {
        if (won.contains(rule.id())) {
            return null;
        }
        if (matched.contains(rule.id())) {
            return Idle.NEVER_WON;
        }
        if (rule.outcome().placements().stream().noneMatch(asked::contains)) {
            return Idle.NOT_ASKED;
        }
        return dependencies.asks(rule, lostFacts) ? Idle.NOT_JUDGED : Idle.NEVER_MATCHED;
    }

    ReplayReport report() {
        var idle = new TreeMap<String, Idle>();
        for (var rule : draft.decisions().rules()) {
            var why = idle(rule);
            if (why != null) {
                idle.put(rule.id(), why);
            }
        }
        var offers = new TreeMap<String, Displays>();
        displays.forEach((offer, counts) -> offers.put(offer, new Displays(counts[0], counts[1])));
        var missing = new ArrayList<Unjudged>();
        unjudged.forEach((what, touched) -> missing.add(new Unjudged(what.what(), what.name(), touched)));
        return new ReplayReport(
                draft.version(),
                decisions,
                all.placements,
                changedDecisions,
                all.changed,
                kinds,
                gone,
                all.swaps(ReplayReport.MOST_SWAPS),
                slices(byPlacement),
                slices(byStage),
                slices(byPersona),
                offers,
                idle,
                missing,
                examples.drawn());
    }

    private static SortedMap<String, Slice> slices(SortedMap<String, Part> parts) {
        var slices = new TreeMap<String, Slice>();
        parts.forEach((name, part) -> slices.put(name, part.slice()));
        return slices;
    }
}
