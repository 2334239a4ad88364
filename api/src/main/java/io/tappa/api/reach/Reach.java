package io.tappa.api.reach;

import io.tappa.api.store.Home;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.condition.Box;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts people. */
public final class Reach {
    /** Small crowds are counted; a sample of them would save nothing. */
    private static final int COUNTED = 5_000;

    /** One in so many is looked at, within bounds: fewer tell too little, and more hardly anything. */
    private static final int ONE_OF = 100;

    private static final int LEAST_SAMPLE = 2_500;
    private static final int MOST_SAMPLE = 10_000;
    private static final double SURE = 1.96;
    /** So long a sample may take; whoever asks while writing a rule waits for it. */
    private static final Duration PATIENCE = Duration.ofMillis(450);

    /** So long where more is done with each person than to ask for some facts. */
    private static final Duration MORE_PATIENCE = Duration.ofSeconds(2);

    private final VisitorWalk walk;

    /** Counts the people over whom {@code walk} walks. */
    public Reach(VisitorWalk walk) {
        this.walk = walk;
    }

    /**
     * What is asked of each person.
     *
     * @param pack the snapshot that knows the facts
     * @param alternatives conditions of which one must hold
     * @param nowMillis when, in milliseconds since 1970
     * @param news what is known of products then
     */
    public record Asked(PackSnapshot pack, List<Box> alternatives, long nowMillis, ProductNews news) {
        public Asked {
            alternatives = List.copyOf(alternatives);
            pack = pack.asking(alternatives);
        }

        boolean fits(Home home) {
            var facts = pack.factsFor(home.state(), nowMillis, null, PackSnapshot.noContext(), news);
            for (var box : alternatives) {
                if (box.holds(facts)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * What came out.
     *
     * @param people whom the condition fits
     * @param of all people
     * @param looked how many were looked at
     * @param margin by how much {@code people} may be off, either way, 19 times of 20; 0 when everybody was looked at
     */
    public record Found(long people, long of, long looked, long margin) {}

    /** How many people fit; estimated where they are many, unless {@code exact}. */
    public Mono<Found> count(Asked asked, boolean exact) {
        return walk.people().flatMap(total -> {
            boolean all = exact || total <= COUNTED;
            var people = all
                    ? walk.all(asked::fits)
                    : walk.some(size(total), asked::fits).take(PATIENCE);
            return looked(people)
                    .map(found -> all
                            ? new Found(found.people(), found.looked(), found.looked(), 0)
                            : estimate(found.people(), found.looked(), total));
        });
    }

    /**
     * What was seen of people.
     *
     * @param seen what
     * @param looked at how many
     * @param of how many there are
     */
    public record Sample<T>(T seen, long looked, long of) {}

    /** Looks at everybody where they are few, else at a fair sample of them, as far as two seconds let it; adds up what it sees. */
    public <T, S> Mono<Sample<S>> sample(Function<Home, T> look, Supplier<S> nothing, BiConsumer<S, T> add) {
        return walk.people().flatMap(total -> {
            boolean all = total <= COUNTED;
            var looked = new AtomicLong();
            var people = all ? walk.all(look) : walk.some(size(total), look).take(MORE_PATIENCE);
            return people.doOnNext(person -> looked.incrementAndGet())
                    .collect(nothing, add)
                    .map(seen -> new Sample<>(seen, looked.get(), all ? looked.get() : total));
        });
    }

    private static int size(long total) {
        return (int) Math.max(LEAST_SAMPLE, Math.min(total / ONE_OF, MOST_SAMPLE));
    }

    private static Mono<Found> looked(Flux<Boolean> people) {
        return people.reduce(
                new Found(0, 0, 0, 0), (sum, fits) -> new Found(sum.people() + (fits ? 1 : 0), 0, sum.looked() + 1, 0));
    }

    /** How many of {@code of} people it is when it is {@code people} of the {@code looked} who were looked at. */
    public static Found estimate(long people, long looked, long of) {
        if (looked >= of) {
            return new Found(people, of, looked, 0);
        }
        if (looked == 0) {
            return new Found(0, of, 0, of);
        }
        double share = (double) people / looked;
        double error = SURE * Math.sqrt(share * (1 - share) / looked);
        return new Found(Math.round(share * of), of, looked, Math.round(Math.ceil(error * of)));
    }
}
