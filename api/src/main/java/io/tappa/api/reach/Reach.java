package io.tappa.api.reach;

import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.condition.Box;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.StageCounts;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts people. */
final class Reach {
    /** Small crowds are counted; a sample of them would save nothing. */
    private static final int COUNTED = 5_000;

    private static final int SAMPLE = 10_000;
    private static final double SURE = 1.96;

    private final VisitorStore visitors;
    private final VisitorWalk walk;

    Reach(VisitorStore visitors, VisitorWalk walk) {
        this.visitors = visitors;
        this.walk = walk;
    }

    /**
     * What came out.
     *
     * @param people whom the condition fits
     * @param of all people
     * @param looked how many were looked at
     * @param margin by how much {@code people} may be off, either way, 19 times of 20; 0 when everybody was looked at
     */
    record Found(long people, long of, long looked, long margin) {}

    /** How many people {@code alternatives} fit at {@code nowMillis}; estimated where they are many, unless {@code exact}. */
    Mono<Found> count(PackSnapshot pack, List<Box> alternatives, long nowMillis, boolean exact) {
        return total(pack).flatMap(total -> {
            boolean all = exact || total <= COUNTED;
            var people = all ? walk.all() : walk.some(SAMPLE);
            return looked(pack, alternatives, nowMillis, people)
                    .map(found -> all
                            ? new Found(found.people(), found.looked(), found.looked(), 0)
                            : estimate(found, total));
        });
    }

    private Mono<Long> total(PackSnapshot pack) {
        return visitors.counters(pack.settings().journey())
                .map(counters -> counters.getOrDefault(StageCounts.VISITORS, 0L));
    }

    private static Mono<Found> looked(PackSnapshot pack, List<Box> alternatives, long nowMillis, Flux<Home> people) {
        return people.map(home -> fits(pack, alternatives, nowMillis, home))
                .reduce(
                        new Found(0, 0, 0, 0),
                        (sum, fits) -> new Found(sum.people() + (fits ? 1 : 0), 0, sum.looked() + 1, 0));
    }

    private static boolean fits(PackSnapshot pack, List<Box> alternatives, long nowMillis, Home home) {
        var facts = pack.factsFor(home.state(), nowMillis, null, PackSnapshot.noContext());
        for (var box : alternatives) {
            if (box.holds(facts)) {
                return true;
            }
        }
        return false;
    }

    private static Found estimate(Found found, long total) {
        if (found.looked() == 0) {
            return new Found(0, total, 0, total);
        }
        double share = (double) found.people() / found.looked();
        double error = SURE * Math.sqrt(share * (1 - share) / found.looked());
        return new Found(Math.round(share * total), total, found.looked(), Math.round(Math.ceil(error * total)));
    }
}
