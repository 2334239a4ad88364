package io.tappa.engine.pack;

import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.MoveContest.Win;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.box.Spot;
import io.tappa.engine.rule.box.Terrain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Looks through one journey for moves that are never made, and for stages that nobody reaches or leaves. */
final class JourneyCheck {
    private static final int MOST_NAMED = 3;
    private static final String SILENCE = "silence";

    private final Journey journey;
    private final JourneyReader places;
    private final Terrain terrain;
    private final Problems problems;
    private final MoveContest contest;
    private final List<Win> wins = new ArrayList<>();

    private JourneyCheck(Journey journey, JourneyReader places, Terrain terrain, Problems problems) {
        this.journey = journey;
        this.places = places;
        this.terrain = terrain;
        this.problems = problems;
        this.contest = new MoveContest(journey, terrain);
    }

    /** Checks {@code journey}, whose visitors {@code terrain} knows; one without moves is led by hand. */
    static void check(Journey journey, JourneyReader places, Terrain terrain, MoveTrial trial, Problems problems) {
        if (!journey.moves().isEmpty()) {
            var check = new JourneyCheck(journey, places, terrain, problems);
            check.checkMoves(new PingPong(journey, places, terrain, trial, problems));
            check.checkStages();
        }
    }

    private void checkMoves(PingPong pingPong) {
        for (var event : contest.events()) {
            var cause = "\"%s\"".formatted(event);
            var ofEvent = contest.wins(event);
            pingPong.find(ofEvent, cause).forEach(found -> pingPong.tell(found, cause));
            wins.addAll(ofEvent);
        }
        pingPong.find(contest.timeOutsOfUnchanged(), SILENCE).forEach(found -> pingPong.tell(found, SILENCE));
        wins.addAll(contest.timeOuts());
        journey.moves().forEach(this::checkMove);
    }

    private void checkMove(Move move) {
        var own = ofInterest(move);
        if (own.isEmpty()) {
            problems.warning(
                    "never-wins",
                    places.placeOfMove(move.id()),
                    "%s is never made: it leads to where it starts.".formatted(PingPong.name(move)),
                    "Let it lead elsewhere, or remove it.");
        } else if (own.stream().allMatch(win -> win.who().isEmpty())) {
            neverMade(move, own.stream().map(Win::spot).toList());
        }
    }

    /** Where the move leads elsewhere; a move that only holds people where they are is made there. */
    private List<Win> ofInterest(Move move) {
        var own = wins.stream().filter(win -> win.move().equals(move)).toList();
        var elsewhere = own.stream().filter(Win::leadsElsewhere).toList();
        return elsewhere.isEmpty() ? own : elsewhere;
    }

    private void neverMade(Move move, List<Spot> spots) {
        var before = spots.stream()
                .flatMap(spot -> before(move, spot))
                .map(PingPong::name)
                .distinct()
                .limit(MOST_NAMED + 1L)
                .toList();
        var name = PingPong.name(move);
        if (before.isEmpty()) {
            problems.warning(
                    "never-wins",
                    places.placeOfMove(move.id()),
                    "%s is never made: nobody can be the way its conditions ask.".formatted(name),
                    "Change one of its conditions or where it starts, or remove it.");
        } else {
            problems.warning(
                    "never-wins",
                    places.placeOfMove(move.id()),
                    "%s is never made: wherever it fits, %s comes first.".formatted(name, named(before)),
                    "Give it a higher priority, let it ask for more than the other does, or remove it.");
        }
    }

    /** The moves that come before {@code move} for some of those whom it fits. */
    private Stream<Move> before(Move move, Spot spot) {
        var fitting = terrain.everybodyAt(spot).and(contest.matching(move, spot));
        return journey.moves().stream()
                .filter(other -> other.startsIn(spot.stage()) && MoveContest.comesBefore(other, move))
                .filter(other ->
                        !fitting.and(contest.matching(other, at(other, spot))).isEmpty());
    }

    private static Spot at(Move other, Spot spot) {
        var after = other.after();
        return after == null ? spot : Spot.in(spot.stage(), after);
    }

    private static String named(List<String> names) {
        return names.size() > MOST_NAMED
                ? String.join(", ", names.subList(0, MOST_NAMED)) + " or another"
                : String.join(" or ", names);
    }

    private void checkStages() {
        var reached = reached();
        for (var stage : journey.stages()) {
            boolean isLeft = wins.stream()
                    .anyMatch(
                            win -> win.spot().isInside() && win.spot().stage().equals(stage.key()) && win.isPossible());
            var place = places.placeOfStage(stage.key());
            if (!reached.contains(stage.key())) {
                problems.warning(
                        "unreachable-stage",
                        place,
                        "No way leads from %s to the stage %s.".formatted(journey.start(), stage.key()),
                        "Add a move to it, or remove the stage; until then it can only be set by hand.");
            } else if (!isLeft && !stage.ends()) {
                problems.warning(
                        "no-exit",
                        place,
                        "Whoever is in the stage %s can never leave it.".formatted(stage.key()),
                        "Add a move that starts there; if people may stay for good, write \"ends: yes\" in the stage.");
            }
        }
    }

    /** The stages to which a chain of moves leads from the start. */
    private Set<String> reached() {
        var reached = new TreeSet<String>(List.of(journey.start()));
        boolean isMore = true;
        while (isMore) {
            isMore = wins.stream()
                    .filter(win ->
                            win.isPossible() && reached.contains(win.spot().stage()))
                    .map(win -> reached.add(win.move().to()))
                    .reduce(false, Boolean::logicalOr);
        }
        return reached;
    }
}
