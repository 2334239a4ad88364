package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.MoveTo;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.visitor.InJourney;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells which moves an event or a silence causes: at most one for each journey, the best that matches. */
final class Judge {
    /** Time-outs that may follow one another without any event in between. */
    private static final int MOST_TIME_OUTS = 100;

    private final PackSnapshot pack;
    private final boolean hasTimeOuts;

    Judge(PackSnapshot pack) {
        this.pack = pack;
        this.hasTimeOuts = hasTimeOuts(pack);
    }

    private static boolean hasTimeOuts(PackSnapshot pack) {
        for (var journey : pack.journeys()) {
            for (var move : journey.moves()) {
                if (move.after() != null) {
                    return true;
                }
            }
        }
        return false;
    }

    boolean hasTimeOuts() {
        return hasTimeOuts;
    }

    /** What {@code event} changes for a visitor at {@code at} of whom {@code gathered} is known, the event included. */
    List<Step> steps(RecentEvent event, Positions at, Supplier<Map<Integer, Cell>> gathered) {
        if (event.name().equals(VisitorEvent.STAGE_SET)) {
            return byHand(event);
        }
        var matching =
                mayMove(event.name(), at) ? matching(event.name(), event.atMillis(), at, gathered) : List.<Rule>of();
        var steps = new ArrayList<Step>();
        for (var journey : pack.journeys()) {
            var step = step(journey, at.in(journey.key()), matching, event);
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    private List<Step> byHand(RecentEvent event) {
        var journey = pack.journey(event.values().getOrDefault("journey", ""));
        var stage = event.values().getOrDefault("stage", "");
        if (journey == null || (journey.stage(stage) == null && !stage.equals(Move.NOWHERE))) {
            return List.of();
        }
        return List.of(new Step(journey.key(), stageAfter(stage), Journey.BY_HAND, event.atMillis(), event.name()));
    }

    private @Nullable Step step(Journey journey, @Nullable InJourney in, List<Rule> matching, RecentEvent event) {
        if (in == null) {
            return entry(journey, matching, event);
        }
        boolean inside = in.isInside();
        var best = best(
                matching,
                journey,
                move -> inside
                        ? !move.equals(Step.ENTRY)
                        : (move.equals(Journey.RESTART) && restartsFromNowhere(journey)));
        return best == null || in.stage().equals(stageAfter(best.stage()))
                ? null
                : step(journey, best.stage(), best.move(), event);
    }

    /** The visitor is judged as if in the start; the result is entered once. */
    private static @Nullable Step entry(Journey journey, List<Rule> matching, RecentEvent event) {
        if (!journey.entrance().isEmpty() && best(matching, journey, Step.ENTRY::equals) == null) {
            return null;
        }
        var best = best(matching, journey, move -> !move.equals(Step.ENTRY) && !move.equals(Journey.RESTART));
        if (best != null && best.stage().equals(Move.NOWHERE)) {
            return null;
        }
        return best == null
                ? step(journey, journey.start(), Step.ENTRY, event)
                : step(journey, best.stage(), best.move(), event);
    }

    private static boolean restartsFromNowhere(Journey journey) {
        return journey.moves().stream()
                .anyMatch(
                        move -> move.id().equals(Journey.RESTART) && move.from().isEmpty());
    }

    private static Step step(Journey journey, String stage, String move, RecentEvent event) {
        return new Step(journey.key(), stageAfter(stage), move, event.atMillis(), event.name());
    }

    private static String stageAfter(String to) {
        return to.equals(Move.NOWHERE) ? Step.NOWHERE : to;
    }

    /** Whether the event can lead anywhere at all; mostly it cannot, and then nobody needs the facts. */
    private boolean mayMove(String event, Positions at) {
        for (var journey : pack.journeys()) {
            var in = at.in(journey.key());
            if (in == null && !journey.entrance().isEmpty()) {
                return true;
            }
            var stage = in == null ? journey.start() : in.stage();
            for (var move : journey.moves()) {
                if (move.startsWith(event, stage) && (in == null || !stage.equals(move.to()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Rule> matching(String event, long nowMillis, Positions at, Supplier<Map<Integer, Cell>> gathered) {
        var around = pack.around(nowMillis, event, null, PackSnapshot.noContext(), at);
        return pack.moves().matching(pack.personas().recognise(pack.facts().read(gathered.get(), around)));
    }

    private static @Nullable MoveTo best(List<Rule> matching, Journey journey, Predicate<String> allowed) {
        return matching.stream()
                .filter(rule -> rule.outcome() instanceof MoveTo move
                        && move.journey().equals(journey.key())
                        && allowed.test(move.move()))
                .min(Rule.BEST_FIRST)
                .map(rule -> (MoveTo) rule.outcome())
                .orElse(null);
    }

    /**
     * The moves that silence causes after the event at {@code lastMillis}, up to {@code untilMillis}. Each time-out is
     * asked once, at the moment it is due.
     */
    List<Step> timeOuts(
            Positions at, Identity lane, long lastMillis, long untilMillis, Supplier<Map<Integer, Cell>> gathered) {
        var steps = new ArrayList<Step>();
        var now = at;
        long cursor = lastMillis;
        while (hasTimeOuts && steps.size() < MOST_TIME_OUTS) {
            long due = nextDue(now, lastMillis, cursor);
            if (due > untilMillis) {
                break;
            }
            var passed = passed(now, lastMillis, due, gathered);
            steps.addAll(passed);
            now = now.after(passed, lane);
            cursor = due;
        }
        return steps;
    }

    /** When the next time-out after {@code cursor} is due, or {@link Long#MAX_VALUE}. */
    long nextDue(Positions at, long lastMillis, long cursor) {
        long next = Long.MAX_VALUE;
        for (var journey : pack.journeys()) {
            var in = at.in(journey.key());
            if (in == null || !in.isInside()) {
                continue;
            }
            for (var move : journey.timeOutsFrom(in.stage())) {
                long due = dueMillis(move, in, lastMillis);
                if (due > cursor) {
                    next = Math.min(next, due);
                }
            }
        }
        return next;
    }

    private static long dueMillis(Move move, InJourney in, long lastMillis) {
        var after = move.after();
        return after == null ? Long.MAX_VALUE : after.dueMillis(lastMillis, in.sinceMillis());
    }

    private List<Step> passed(Positions at, long lastMillis, long due, Supplier<Map<Integer, Cell>> gathered) {
        var matching = matching(VisitorEvent.TIME_PASSED, due, at, gathered);
        var steps = new ArrayList<Step>();
        for (var journey : pack.journeys()) {
            var in = at.in(journey.key());
            if (in == null || !in.isInside()) {
                continue;
            }
            var dueNow = journey.timeOutsFrom(in.stage()).stream()
                    .filter(move -> dueMillis(move, in, lastMillis) == due)
                    .map(Move::id)
                    .toList();
            var best = best(matching, journey, dueNow::contains);
            if (best != null) {
                steps.add(
                        new Step(journey.key(), stageAfter(best.stage()), best.move(), due, VisitorEvent.TIME_PASSED));
            }
        }
        return steps;
    }
}
