package io.tappa.engine.pack;

import io.tappa.engine.journey.After;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.rule.box.Region;
import io.tappa.engine.rule.box.Spot;
import io.tappa.engine.rule.box.Terrain;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which move is the best, for whom and where: of all that match, the highest priority, then the first by id. */
final class MoveContest {
    static final Comparator<Move> BEST_FIRST =
            Comparator.comparingInt(Move::priority).reversed().thenComparing(Move::id);

    private final Journey journey;
    private final Terrain terrain;
    private final Map<String, Map<Spot, Region>> matching = new HashMap<>();
    private final Map<Contest, List<Region>> shared = new HashMap<>();

    /** For whom {@code move} is the best at {@code spot}. */
    record Win(Move move, Spot spot, Region who) {
        /** Whether it leads to another place than the visitor is in. */
        boolean leadsElsewhere() {
            return !move.to().equals(spot.where());
        }

        /** Whether anybody makes the move there, or may do so as far as we can tell. */
        boolean isPossible() {
            return !who.isEmpty() && leadsElsewhere();
        }
    }

    MoveContest(Journey journey, Terrain terrain) {
        this.journey = journey;
        this.terrain = terrain;
    }

    /** Names of the events that cause moves. */
    SortedSet<String> events() {
        var events = new TreeSet<String>();
        journey.moves().stream().map(Move::on).filter(Objects::nonNull).forEach(events::add);
        return events;
    }

    /** Who makes which of the moves that {@code event} causes, wherever they stand. */
    List<Win> wins(String event) {
        var wins = new ArrayList<Win>();
        for (var stage : journey.stageKeys()) {
            wins.addAll(wins(Spot.in(stage, event), startingIn(stage, event), Region.ALL));
        }
        var starting = startingIn(journey.start(), event).stream()
                .filter(move -> !isRestart(move))
                .toList();
        var entering = Spot.entering(journey.start(), event);
        wins.addAll(wins(
                entering,
                starting,
                journey.entrance().isEmpty() ? Region.ALL : terrain.where(journey.entrance(), entering)));
        var restarts = startingIn(journey.start(), event).stream()
                .filter(move -> isRestart(move) && move.from().isEmpty())
                .toList();
        wins.addAll(wins(Spot.outside(journey.start(), event), restarts, Region.ALL));
        return wins;
    }

    static boolean isRestart(Move move) {
        return move.id().equals(Journey.RESTART);
    }

    private List<Move> startingIn(String stage, String event) {
        return journey.moves().stream()
                .filter(move -> move.startsWith(event, stage))
                .sorted(BEST_FIRST)
                .toList();
    }

    private List<Win> wins(Spot spot, List<Move> bestFirst, Region who) {
        var matching = bestFirst.stream().map(move -> matching(move, spot)).toList();
        var shares =
                shared.computeIfAbsent(new Contest(terrain.everybodyAt(spot).and(who), matching), Contest::shares);
        var wins = new ArrayList<Win>();
        for (int i = 0; i < bestFirst.size(); i++) {
            wins.add(new Win(bestFirst.get(i), spot, shares.get(i)));
        }
        return wins;
    }

    /** Who is there, and whom each move fits, the best first; in most stages that is the same. */
    private record Contest(Region who, List<Region> matching) {
        /** Those left for each move by the ones before it. */
        List<Region> shares() {
            var shares = new ArrayList<Region>();
            var rest = who;
            for (var fitting : matching) {
                shares.add(rest.and(fitting));
                rest = rest.minus(fitting);
            }
            return shares;
        }
    }

    /** For whom each time-out may be made, whatever else changes before it is due. */
    List<Win> timeOuts() {
        return timeOuts((who, other, move, spot) -> {
            if (isDueTogether(other, move) && BEST_FIRST.compare(other, move) < 0) {
                return who.minus(matching(other, spot.stage()));
            }
            boolean isForAll = isDueBefore(other, move)
                    && terrain.everybodyAt(spotOf(other, spot.stage()))
                            .minus(matching(other, spot.stage()))
                            .isEmpty();
            return isForAll ? Region.NONE : who;
        });
    }

    /** For whom each time-out is made with every silence, as long as nothing else about them changes. */
    List<Win> timeOutsOfUnchanged() {
        return timeOuts((who, other, move, spot) -> {
            boolean comesFirst = since(other) != since(move) || comesBefore(other, move);
            return comesFirst ? who.minus(matching(other, spot.stage())) : who;
        });
    }

    /** Who is left for a time-out beside another one. */
    private interface Beside {
        Region left(Region who, Move other, Move move, Spot spot);
    }

    private List<Win> timeOuts(Beside beside) {
        var wins = new ArrayList<Win>();
        for (var stage : journey.stageKeys()) {
            var possible = journey.timeOutsFrom(stage);
            for (var move : possible) {
                var spot = spotOf(move, stage);
                var who = terrain.everybodyAt(spot).and(matching(move, stage));
                for (var other : possible) {
                    who = other.equals(move) ? who : beside.left(who, other, move, spot);
                }
                wins.add(new Win(move, spot, who));
            }
        }
        return wins;
    }

    /** Whether {@code other} is asked before {@code move}, where both have the same cause. */
    static boolean comesBefore(Move other, Move move) {
        if (move.after() == null || other.after() == null) {
            return Objects.equals(other.on(), move.on()) && BEST_FIRST.compare(other, move) < 0;
        }
        return isDueBefore(other, move) || (isDueTogether(other, move) && BEST_FIRST.compare(other, move) < 0);
    }

    private static After after(Move timeOut) {
        return Objects.requireNonNull(timeOut.after());
    }

    private static After.Since since(Move timeOut) {
        return after(timeOut).since();
    }

    private static boolean isDueTogether(Move left, Move right) {
        return after(left).equals(after(right));
    }

    private static boolean isDueBefore(Move early, Move late) {
        return since(early) == since(late)
                && after(early).length().compareTo(after(late).length()) < 0;
    }

    private static Spot spotOf(Move timeOut, String stage) {
        return Spot.in(stage, after(timeOut));
    }

    private Region matching(Move timeOut, String stage) {
        return matching(timeOut, spotOf(timeOut, stage));
    }

    /** For whom the conditions of {@code move} hold at {@code spot}, whatever other moves there are. */
    Region matching(Move move, Spot spot) {
        return matching.computeIfAbsent(move.id(), anew -> new HashMap<>())
                .computeIfAbsent(spot, anew -> terrain.where(move.alternatives(), anew));
    }
}
