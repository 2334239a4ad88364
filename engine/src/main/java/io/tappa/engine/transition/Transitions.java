package io.tappa.engine.transition;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Cell;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Outcome.MoveTo;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.visitor.Frontier;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.RecentEvent.Step;
import io.tappa.engine.visitor.SeenEvents;
import io.tappa.engine.visitor.SeenEvents.Seen;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds events into a visitor, and makes at most one move per event and journey.
 *
 * <p>Returns what to write; writes nothing. Within the window of recent events the order of arrival does not matter: an
 * event that comes late is put where it belongs and all after it are judged again.
 */
public final class Transitions {
    private Transitions() {}

    /**
     * The transition of {@code before} by {@code events}.
     *
     * @param receivedMillis when the events arrived, in milliseconds since 1970
     * @param seenElsewhere hashes of those of the events that were counted before, as far as the state no longer knows
     */
    public static Transition apply(
            PackSnapshot pack,
            VisitorState before,
            List<VisitorEvent> events,
            long receivedMillis,
            Set<Long> seenElsewhere) {
        var draft = new Draft(pack, before, receivedMillis, seenElsewhere);
        var receptions = events.stream().map(draft::add).toList();
        return draft.finish(receptions);
    }

    /** A visitor's state while it changes. */
    private static final class Draft {
        private final PackSnapshot pack;
        private final VisitorState before;
        private final long receivedMillis;
        private final Set<Long> seenElsewhere;
        private final List<Seen> spilled = new ArrayList<>();
        private final SortedMap<Identity, SortedMap<Integer, Cell>> lanes = new TreeMap<>();
        private final List<RecentEvent> recent;
        private final List<RecentEvent> left = new ArrayList<>();
        private Positions positions;
        private @Nullable Frontier frontier;
        private SeenEvents seen;
        private long added;

        /** What was gathered with the first of the recent events, as many as were needed; null when it must be made anew. */
        private @Nullable Map<Integer, Cell> gathered;

        private int gatheredEvents;

        Draft(PackSnapshot pack, VisitorState before, long receivedMillis, Set<Long> seenElsewhere) {
            this.pack = pack;
            this.before = before;
            this.receivedMillis = receivedMillis;
            this.seenElsewhere = new HashSet<>(seenElsewhere);
            before.lanes().forEach((id, cells) -> lanes.put(id, new TreeMap<>(cells)));
            this.recent = new ArrayList<>(before.recent());
            this.positions = before.positions();
            this.frontier = before.frontier();
            this.seen = before.seen();
        }

        Reception add(VisitorEvent event) {
            long hash = Hashes.first64(event.messageId());
            if (seen.contains(hash) || seenElsewhere.contains(hash)) {
                return Reception.DUPLICATE;
            }
            remember(hash);
            added++;
            event.ids().all().forEach(id -> lanes.computeIfAbsent(id, key -> new TreeMap<>()));
            var arrived = new RecentEvent(
                    event.atMillis(),
                    event.messageId(),
                    event.name(),
                    event.ids().lane(),
                    pack.facts().kept(event.name(), event.values()),
                    List.of());
            if (isLate(arrived)) {
                fold(arrived);
                gathered = null;
                return Reception.LATE;
            }
            insert(arrived);
            checkpoint();
            return Reception.COUNTED;
        }

        /** What no longer fits is spilled at once, so that batches do not matter, but stays known to this batch. */
        private void remember(long hash) {
            seen = seen.plus(hash, receivedMillis);
            for (var spill : seen.spills()) {
                spilled.add(spill);
                seenElsewhere.add(spill.hash());
            }
            seen = seen.withoutSpills();
        }

        private boolean isLate(RecentEvent event) {
            if (frontier != null && frontier.isAfter(event)) {
                return true;
            }
            return !recent.isEmpty() && event.atMillis() < newestMillis() - VisitorState.RECENT_MILLIS;
        }

        private long newestMillis() {
            return recent.get(recent.size() - 1).atMillis();
        }

        /** Puts the event where it belongs, and judges it and all after it. */
        private void insert(RecentEvent event) {
            int place = recent.size();
            while (place > 0 && RecentEvent.ORDER.compare(recent.get(place - 1), event) > 0) {
                place--;
            }
            recent.add(place, event);
            if (gatheredEvents > place) {
                gathered = null;
            }
            var at = positionsBefore(place);
            for (int i = place; i < recent.size(); i++) {
                var judged = recent.get(i).with(steps(i, at));
                recent.set(i, judged);
                at = at.after(judged);
            }
        }

        /** All that was gathered up to the recent event at {@code place}, that one included. */
        private Map<Integer, Cell> gatheredWith(int place) {
            var cells = gathered;
            if (cells == null) {
                cells = new HashMap<>();
                for (var lane : lanes.values()) {
                    pack.facts().join(cells, lane);
                }
                gathered = cells;
                gatheredEvents = 0;
            }
            for (; gatheredEvents <= place; gatheredEvents++) {
                var next = recent.get(gatheredEvents);
                pack.facts().fold(cells, next.name(), next.atMillis(), next.values());
            }
            return cells;
        }

        private Positions positionsBefore(int place) {
            var at = positions;
            for (var earlier : recent.subList(0, place)) {
                at = at.after(earlier);
            }
            return at;
        }

        private List<Step> steps(int place, Positions at) {
            var matching = mayMove(recent.get(place), at) ? matchingMoves(place, at) : List.<Rule>of();
            var steps = new ArrayList<Step>();
            for (var journey : pack.journeys()) {
                var best = best(matching, journey.key());
                var in = at.in(journey.key());
                if (best == null && in == null) {
                    steps.add(new Step(journey.key(), journey.start(), Step.ENTRY));
                } else if (best != null && (in == null || !in.stage().equals(best.stage()))) {
                    steps.add(new Step(journey.key(), best.stage(), best.move()));
                }
            }
            return steps;
        }

        /** Whether the event can lead anywhere at all; mostly it cannot, and then nobody needs the facts. */
        private boolean mayMove(RecentEvent event, Positions at) {
            for (var journey : pack.journeys()) {
                var in = at.in(journey.key());
                for (var move : journey.moves()) {
                    if (move.startsWith(event.name(), in == null ? journey.start() : in.stage())
                            && (in == null || !in.stage().equals(move.to()))) {
                        return true;
                    }
                }
            }
            return false;
        }

        private List<Rule> matchingMoves(int place, Positions at) {
            var event = recent.get(place);
            var around = pack.around(event.atMillis(), event.name(), null, PackSnapshot.noContext(), at);
            return pack.moves().matching(pack.personas().recognise(pack.facts().read(gatheredWith(place), around)));
        }

        private static @Nullable MoveTo best(List<Rule> matching, String journey) {
            return matching.stream()
                    .filter(rule -> rule.outcome() instanceof MoveTo move
                            && move.journey().equals(journey))
                    .min(Rule.BEST_FIRST)
                    .map(rule -> (MoveTo) rule.outcome())
                    .orElse(null);
        }

        /** Lets what is too old or too many leave the window. */
        private void checkpoint() {
            while (recent.size() > VisitorState.MOST_RECENT
                    || recent.get(0).atMillis() < newestMillis() - VisitorState.RECENT_MILLIS) {
                var oldest = recent.remove(0);
                if (gatheredEvents > 0) {
                    gatheredEvents--;
                } else {
                    gathered = null;
                }
                frontier = new Frontier(oldest.atMillis(), oldest.messageId());
                fold(oldest);
                positions = positions.after(oldest);
                left.add(oldest);
            }
        }

        private void fold(RecentEvent event) {
            var lane = lanes.computeIfAbsent(event.lane(), id -> new TreeMap<>());
            pack.facts().fold(lane, event.name(), event.atMillis(), event.values());
            if (frontier != null) {
                pack.facts().prune(lane, frontier.atMillis());
            }
        }

        Transition finish(List<Reception> receptions) {
            if (added == 0) {
                return new Transition(before, receptions, new StageCounts(new TreeMap<>()), List.of());
            }
            var after = new VisitorState(
                    before.version() + added,
                    before.events() + added,
                    frontier,
                    lanes,
                    positions,
                    recent,
                    seen,
                    before.contacts());
            return new Transition(after, receptions, counts(), spilled);
        }

        private StageCounts counts() {
            var counts = new TreeMap<String, SortedMap<String, Long>>();
            count(counts, before.positions(), before.recent(), -1);
            left.addAll(recent);
            count(counts, before.positions(), left, 1);
            return new StageCounts(counts);
        }

        /** Counts the moves that {@code events} made, and where they led. */
        private static void count(
                SortedMap<String, SortedMap<String, Long>> counts,
                Positions from,
                List<RecentEvent> events,
                long change) {
            var at = from;
            for (var event : events) {
                for (var step : event.steps()) {
                    var in = at.in(step.journey());
                    if (in != null) {
                        add(counts, step.journey(), in.stage() + StageCounts.TO + step.stage(), change);
                    }
                }
                at = at.after(event);
            }
            at.byJourney().forEach((journey, in) -> {
                add(counts, journey, in.stage(), change);
                add(counts, journey, StageCounts.VISITORS, change);
            });
        }

        private static void add(
                SortedMap<String, SortedMap<String, Long>> counts, String journey, String counter, long change) {
            counts.computeIfAbsent(journey, key -> new TreeMap<>()).merge(counter, change, Long::sum);
        }
    }
}
