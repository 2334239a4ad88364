package io.tappa.engine.pack;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.MoveContest.Win;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.box.Region;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.rule.box.Witness;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds two moves that undo each other: one visitor would go back and forth with each event, or each silence. */
final class PingPong {
    /** Areas in which a visitor is looked for that really goes back and forth. */
    private static final int MOST_TRIED = 200;

    private final Journey journey;
    private final JourneyReader places;
    private final Terrain terrain;
    private final MoveTrial trial;
    private final Problems problems;
    private final Set<String> toldOf = new HashSet<>();

    /**
     * Two moves and somebody who goes back and forth.
     *
     * @param there what rules see of them before the first move
     * @param back what rules see of them before the second move
     */
    record Found(Win first, Win second, FactValues there, FactValues back) {}

    PingPong(Journey journey, JourneyReader places, Terrain terrain, MoveTrial trial, Problems problems) {
        this.journey = journey;
        this.places = places;
        this.terrain = terrain;
        this.trial = trial;
        this.problems = problems;
    }

    /** All that undo each other among moves of one cause. */
    List<Found> find(List<Win> wins, String cause) {
        var found = new ArrayList<Found>();
        for (int i = 0; i < wins.size(); i++) {
            for (int j = i + 1; j < wins.size(); j++) {
                if (undo(wins.get(i), wins.get(j))) {
                    addIfFound(wins.get(i), wins.get(j), cause, found);
                }
            }
        }
        return found;
    }

    private static boolean undo(Win one, Win other) {
        return one.isPossible()
                && other.isPossible()
                && isStanding(one)
                && isStanding(other)
                && one.move().to().equals(other.spot().where())
                && other.move().to().equals(one.spot().where());
    }

    /** Nobody is a newcomer twice. */
    private static boolean isStanding(Win win) {
        return win.spot().isInside() || win.spot().where().equals(Move.NOWHERE);
    }

    private void addIfFound(Win one, Win other, String cause, List<Found> all) {
        boolean isOrdered =
                journey.moves().indexOf(one.move()) < journey.moves().indexOf(other.move());
        var first = isOrdered ? one : other;
        var second = isOrdered ? other : one;
        var who = both(first, second);
        if (who.isCut()) {
            notChecked(second.move(), cause);
            return;
        }
        var found = find(first, second, who);
        if (found != null) {
            all.add(found);
        }
    }

    /** Those who make both moves, one after the other, for ever. */
    private Region both(Win one, Win other) {
        if (MoveContest.isRestart(one.move())) {
            return both(other, one);
        }
        if (!MoveContest.isRestart(other.move())) {
            return one.who().and(other.who()).and(hadReached(one)).and(hadReached(other));
        }
        var afterRestart = terrain.whereReachedExactly(List.of(journey.start()));
        var reached = terrain.whereReachedExactly(reachedBy(one.move()));
        return terrain.whateverReached(one.who().and(afterRestart))
                .and(terrain.whateverReached(other.who().and(reached)));
    }

    private Region hadReached(Win win) {
        return win.spot().isInside() ? terrain.whereReached(win.spot().stage()) : Region.ALL;
    }

    /** What somebody has reached who began anew and then made {@code move}. */
    private List<String> reachedBy(Move move) {
        return move.leaves() ? List.of(journey.start()) : List.of(journey.start(), move.to());
    }

    private @Nullable Found find(Win first, Win second, Region who) {
        return Witness.of(who, terrain)
                .limit(MOST_TRIED)
                .map(witness -> tried(first, second, witness))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Found tried(Win first, Win second, Witness witness) {
        boolean isAnew = MoveContest.isRestart(second.move());
        var begun = Set.of(journey.start());
        var there = isAnew ? witness.at(first.spot(), begun) : witness.at(first.spot());
        var back =
                isAnew ? witness.at(second.spot(), new TreeSet<>(reachedBy(first.move()))) : witness.at(second.spot());
        boolean goes = trial.makes(first.move(), first.spot(), there);
        return goes && trial.makes(second.move(), second.spot(), back) ? new Found(first, second, there, back) : null;
    }

    /** Tells the author of it. */
    void tell(Found found, String cause) {
        var first = found.first();
        var who = trial.inWords(found);
        problems.error(
                "ping-pong",
                places.placeOfMove(found.second().move().id()),
                "%s takes back what %s does: with each %s %s goes from %s to %s and back."
                        .formatted(
                                name(found.second().move()),
                                name(first.move()),
                                cause,
                                who.isEmpty() ? "everybody" : "somebody with " + who,
                                first.spot().where(),
                                first.move().to()),
                "Let one of the two ask for something that the other excludes, or let it start in other stages.");
    }

    private void notChecked(Move move, String cause) {
        if (!toldOf.add(cause)) {
            return;
        }
        problems.warning(
                "not-checked",
                places.placeOfMove(move.id()),
                "The moves with each %s ask for too many different things to tell whether two of them undo each other."
                        .formatted(cause),
                "Ask for less in \"any of\", or about fewer facts, if you want to be sure.");
    }

    static String name(Move move) {
        return MoveContest.isRestart(move) ? "\"restarts on\"" : "\"" + move.id() + "\"";
    }
}
