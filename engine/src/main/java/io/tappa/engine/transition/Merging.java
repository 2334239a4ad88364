package io.tappa.engine.transition;

import io.tappa.engine.identity.Identity;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.Frontier;
import io.tappa.engine.visitor.InJourney;
import io.tappa.engine.visitor.Lane;
import io.tappa.engine.visitor.Merge;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.RecentEvent;
import io.tappa.engine.visitor.Step;
import io.tappa.engine.visitor.VisitorState;
import io.tappa.engine.visitor.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Joins visitors who turn out to be one person, and parts them again.
 *
 * <p>Facts and histories are added up, and recent events are judged again as those of one person; where the checkpoints
 * stand in different stages, the one that is further along counts.
 */
public final class Merging {
    private Merging() {}

    /**
     * What became of one visitor that was two.
     *
     * @param stays who keeps the ids that did not come with the merge
     * @param leaves who has the ids that came with it
     * @param counts how the journey counters change
     */
    public record Parted(VisitorState stays, VisitorState leaves, StageCounts counts) {}

    /** {@code into} and {@code other} as one; the new state is the next version of {@code into}. */
    public static Transition join(PackSnapshot pack, VisitorState into, VisitorState other, Merge merge) {
        var frontier = later(into.window().frontier(), other.window().frontier());
        var own = Side.of(pack, into, frontier);
        var theirs = Side.of(pack, other, frontier);
        var recent = new ArrayList<>(own.recent);
        recent.addAll(theirs.recent);
        recent.sort(RecentEvent.ORDER);
        long woken = Math.max(into.window().wokenMillis(), other.window().wokenMillis());
        var joined = new VisitorState(
                Math.max(into.version(), other.version()),
                Lanes.join(pack.facts(), own.lanes, theirs.lanes, merge.atMillis()),
                own.positions.join(theirs.positions, journey -> rank(pack, journey)),
                new Window(frontier, recent, List.of(), woken),
                into.seen().join(other.seen()),
                into.memory().join(other.memory()),
                merges(into, other, merge),
                0,
                Math.max(into.forgottenMillis(), other.forgottenMillis()),
                null);
        var draft = Draft.of(pack, joined).settle();
        var counts = new StageTally().without(into).without(other);
        own.count(counts);
        theirs.count(counts);
        var settled = new ArrayList<>(own.settled());
        settled.addAll(theirs.settled());
        settled.sort(RecentEvent.ORDER);
        settled.addAll(joinings(own.positions, theirs.positions, joined.positions()));
        settled.addAll(draft.left());
        return new Transition(draft.state(), List.of(), draft.count(counts).total(), settled, List.of(), false);
    }

    /** Where the stage that counts for both is not the one that was entered last, that is a move as well. */
    private static List<RecentEvent> joinings(Positions own, Positions theirs, Positions both) {
        var joinings = new ArrayList<RecentEvent>();
        both.byJourney().forEach((journey, in) -> {
            var last = in.last();
            if (last.move().equals(Step.JOINED) && !knows(own.in(journey), last) && !knows(theirs.in(journey), last)) {
                var step = new Step(journey, last.stage(), Step.JOINED, last.atMillis(), last.event());
                joinings.add(RecentEvent.ofTime(last.atMillis(), last.lane(), List.of(step)));
            }
        });
        return joinings;
    }

    private static boolean knows(@Nullable InJourney in, InJourney.Entry entry) {
        return in != null && in.history().contains(entry);
    }

    private static @Nullable Frontier later(@Nullable Frontier left, @Nullable Frontier right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return Frontier.ORDER.compare(left, right) >= 0 ? left : right;
    }

    private static ToIntFunction<String> rank(PackSnapshot pack, String journey) {
        var known = pack.journey(journey);
        return known == null ? stage -> 0 : known::rank;
    }

    private static List<Merge> merges(VisitorState into, VisitorState other, Merge merge) {
        var all = new ArrayList<>(into.merges());
        all.addAll(other.merges());
        all.add(merge);
        while (all.size() > VisitorState.MOST_MERGES) {
            var older = all.subList(0, all.size() - 1);
            all.remove(older.stream().filter(Merge::holds).findFirst().orElse(all.get(0)));
        }
        return all;
    }

    /**
     * One of two visitors to be joined, its older events folded up to the frontier of both.
     *
     * @param before the visitor
     * @param folded events that leave the window
     * @param silence time-outs after those, where no later event of this side is left
     * @param recent events that stay in the window
     * @param lanes what was gathered, {@code folded} included
     * @param positions where the visitor was after {@code silence}
     */
    private record Side(
            VisitorState before,
            List<RecentEvent> folded,
            List<Step> silence,
            List<RecentEvent> recent,
            SortedMap<Identity, Lane> lanes,
            Positions positions) {
        static Side of(PackSnapshot pack, VisitorState before, @Nullable Frontier frontier) {
            var folded = new ArrayList<RecentEvent>();
            var recent = new ArrayList<RecentEvent>();
            var lanes = new TreeMap<>(before.lanes());
            var positions = before.positions();
            for (var event : before.window().recent()) {
                if (frontier == null || !frontier.covers(event)) {
                    recent.add(event);
                    continue;
                }
                folded.add(event);
                positions = positions.after(event);
                var lane = lanes.getOrDefault(event.lane(), Lane.EMPTY);
                lanes.put(event.lane(), Lanes.fold(pack.facts(), lane, event, frontier));
            }
            var silence = recent.isEmpty() && frontier != null ? passed(before, frontier) : List.<Step>of();
            return new Side(
                    before,
                    folded,
                    silence,
                    recent,
                    lanes,
                    silence.isEmpty() ? positions : positions.after(silence, before.lastLane()));
        }

        private static List<Step> passed(VisitorState before, Frontier frontier) {
            return before.window().silence().stream()
                    .filter(step -> step.atMillis() <= frontier.atMillis())
                    .toList();
        }

        void count(StageTally tally) {
            tally.moves(before.positions(), folded, silence, 1);
        }

        /** What became final: the events that leave the window, and the silence after them. */
        List<RecentEvent> settled() {
            var settled = new ArrayList<>(folded);
            if (!silence.isEmpty()) {
                var last = silence.get(silence.size() - 1);
                settled.add(RecentEvent.ofTime(last.atMillis(), before.lastLane(), silence));
            }
            return settled;
        }
    }

    /**
     * The visitor without the ids that came with {@code merge}, and the one they make on their own. What both were shown
     * counts for both, and so do the ids of events that were counted. Merges among the ids that leave go with them.
     */
    public static Parted part(PackSnapshot pack, VisitorState visitor, Merge merge, long nowMillis) {
        var leaving = new HashSet<>(merge.ids());
        leaving.retainAll(visitor.lanes().keySet());
        var staying = new ArrayList<Merge>();
        var going = new ArrayList<Merge>();
        for (var known : visitor.merges()) {
            boolean isIt = known.id().equals(merge.id());
            boolean among = !isIt && !known.ids().isEmpty() && leaving.containsAll(known.ids());
            (among ? going : staying).add(isIt ? known.undone(nowMillis) : known);
        }
        var stays = Draft.of(pack, half(visitor, leaving, false, staying)).settle();
        var leaves = Draft.of(pack, half(visitor, leaving, true, going)).settle();
        var counts = new StageTally().without(visitor);
        return new Parted(
                stays.state(), leaves.state(), leaves.count(stays.count(counts)).total());
    }

    /** The last event that was folded may be one of the other half: when it was is all that both may know. */
    private static @Nullable Frontier unnamed(@Nullable Frontier frontier) {
        return frontier == null ? null : new Frontier(frontier.atMillis(), "");
    }

    private static VisitorState half(VisitorState visitor, Set<Identity> leaving, boolean leaves, List<Merge> merges) {
        var window = visitor.window();
        var lanes = new TreeMap<>(visitor.lanes());
        lanes.keySet().removeIf(id -> leaving.contains(id) != leaves);
        return new VisitorState(
                visitor.version(),
                lanes,
                leaves ? visitor.positions().of(leaving) : visitor.positions().without(leaving),
                new Window(
                        unnamed(window.frontier()),
                        window.recent().stream()
                                .filter(event -> leaving.contains(event.lane()) == leaves)
                                .toList(),
                        List.of(),
                        window.wokenMillis()),
                visitor.seen(),
                visitor.memory(),
                merges,
                0,
                visitor.forgottenMillis(),
                null);
    }
}
