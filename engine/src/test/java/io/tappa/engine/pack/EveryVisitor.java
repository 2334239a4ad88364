package io.tappa.engine.pack;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Circumstances.InStage;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All visitors a random journey can have, tried one by one: the plainest answer to what the checker works out. */
final class EveryVisitor {
    private static final long NOW = 1_772_442_000_000L;
    private static final long DAYS = 86_400_000L;
    private static final Comparator<Move> BEST_FIRST =
            Comparator.comparingInt((Move move) -> -move.priority()).thenComparing(Move::id);

    private final PackSnapshot pack;
    private final Journey journey;
    private final List<SortedMap<String, String>> visitors = new ArrayList<>();

    EveryVisitor(PackSnapshot pack, Journey journey) {
        this.pack = pack;
        this.journey = journey;
        for (var size : List.of("", "0", "1", "2", "3")) {
            for (var taste : List.of("", "sugar", "salt", "soap")) {
                for (var card : List.of("", "yes", "no")) {
                    var facts = new TreeMap<String, String>();
                    facts.put("size", size);
                    facts.put("taste", taste);
                    facts.put("card", card);
                    facts.values().removeIf(String::isEmpty);
                    visitors.add(facts);
                }
            }
        }
    }

    private FactValues facts(SortedMap<String, String> visitor, InStage in, String event) {
        var stages = new TreeMap<String, InStage>();
        stages.put(journey.key(), in);
        var around = new Circumstances(NOW, event, null, Collections.emptySortedMap(), stages, ProductNews.NONE);
        return pack.personas().recognise(pack.facts().assume(visitor, around));
    }

    private static List<Set<String>> reached(String... surely) {
        var all = new ArrayList<Set<String>>();
        for (int bits = 0; bits < 8; bits++) {
            var reached = new TreeSet<String>();
            for (int stage = 0; stage < 3; stage++) {
                if ((bits >> stage & 1) == 1) {
                    reached.add(List.of("a", "b", "c").get(stage));
                }
            }
            if (reached.containsAll(List.of(surely))) {
                all.add(reached);
            }
        }
        return all;
    }

    /** The best move of somebody in {@code stage}, of {@code nowhere} too. */
    private @Nullable Move best(
            SortedMap<String, String> visitor, String stage, Set<String> reached, @Nullable String event) {
        boolean isOut = stage.equals(Move.NOWHERE);
        var at = isOut ? journey.start() : stage;
        long since = isOut ? FactValues.UNKNOWN : NOW - 2 * DAYS;
        var name = event == null ? VisitorEvent.TIME_PASSED : event;
        var possible = journey.moves().stream()
                .filter(move -> Objects.equals(move.on(), event) && move.startsIn(at))
                .filter(move -> event != null || !move.to().equals(stage))
                .filter(move -> !isOut
                        || (move.id().equals(Journey.RESTART) && move.from().isEmpty()))
                .toList();
        if (possible.isEmpty()) {
            return null;
        }
        var facts = facts(visitor, new InStage(at, since, new TreeSet<>(reached)), name);
        return possible.stream()
                .filter(move -> move.alternatives().stream().anyMatch(box -> box.holds(facts)))
                .min(BEST_FIRST)
                .orElse(null);
    }

    /** All pairs of moves that undo each other for somebody. */
    Set<Set<String>> pingPongs() {
        var found = new HashSet<Set<String>>();
        for (var event : causes()) {
            for (var from : places()) {
                for (var visitor : visitors) {
                    for (var reached : from.equals(Move.NOWHERE) ? reached() : reached(from)) {
                        addPingPong(visitor, from, reached, event, found);
                    }
                }
            }
        }
        return found;
    }

    /** Goes there, back and there again: only then it can go on for ever. */
    private void addPingPong(
            SortedMap<String, String> visitor,
            String from,
            Set<String> reached,
            @Nullable String event,
            Set<Set<String>> found) {
        var there = best(visitor, from, reached, event);
        if (there == null || there.to().equals(from)) {
            return;
        }
        var after = after(reached, there);
        var back = best(visitor, there.to(), after, event);
        if (back == null || !back.to().equals(from)) {
            return;
        }
        var again = after(after, back);
        if (there.equals(best(visitor, from, again, event))
                && back.equals(best(visitor, there.to(), after(again, there), event))) {
            found.add(Set.of(there.id(), back.id()));
        }
    }

    private static Set<String> after(Set<String> reached, Move move) {
        var after = move.id().equals(Journey.RESTART) ? new TreeSet<String>() : new TreeSet<>(reached);
        if (!move.leaves()) {
            after.add(move.to());
        }
        return after;
    }

    private List<@Nullable String> causes() {
        var causes = new ArrayList<@Nullable String>(List.of("Ping", "Pong"));
        causes.add(null);
        return causes;
    }

    private static List<String> places() {
        return List.of("a", "b", "c", Move.NOWHERE);
    }

    /** The moves that nobody makes. */
    Set<String> neverMade() {
        var never = new HashSet<String>();
        for (var move : journey.moves()) {
            boolean holdsOnly =
                    places().stream().filter(place -> mayStart(move, place)).allMatch(move.to()::equals);
            boolean isMade = places().stream()
                    .filter(place -> mayStart(move, place))
                    .filter(place -> holdsOnly || !place.equals(move.to()))
                    .anyMatch(place -> isMadeIn(move, place));
            if (!isMade && !isEntry(move, holdsOnly)) {
                never.add(move.id());
            }
        }
        return never;
    }

    private static boolean mayStart(Move move, String place) {
        boolean isOut = place.equals(Move.NOWHERE);
        return isOut ? move.id().equals(Journey.RESTART) && move.from().isEmpty() : move.startsIn(place);
    }

    private boolean isMadeIn(Move move, String place) {
        return visitors.stream()
                .anyMatch(visitor -> (place.equals(Move.NOWHERE) ? reached() : reached(place))
                        .stream().anyMatch(reached -> move.equals(best(visitor, place, reached, move.on()))));
    }

    /** Whether somebody enters the journey with it. */
    private boolean isEntry(Move move, boolean holdsOnly) {
        boolean mayEnter = move.on() != null
                && move.startsIn(journey.start())
                && !move.id().equals(Journey.RESTART)
                && (holdsOnly || !move.to().equals(journey.start()));
        return mayEnter && visitors.stream().anyMatch(visitor -> move.equals(entry(visitor, move.on())));
    }

    private @Nullable Move entry(SortedMap<String, String> visitor, @Nullable String event) {
        var name = Objects.requireNonNull(event);
        var facts = facts(visitor, new InStage(journey.start(), FactValues.UNKNOWN, new TreeSet<>()), name);
        boolean enters =
                journey.entrance().isEmpty() || journey.entrance().stream().anyMatch(box -> box.holds(facts));
        return journey.moves().stream()
                .filter(move -> enters && move.startsWith(name, journey.start()))
                .filter(move -> !move.id().equals(Journey.RESTART))
                .filter(move -> move.alternatives().stream().anyMatch(box -> box.holds(facts)))
                .min(BEST_FIRST)
                .orElse(null);
    }
}
