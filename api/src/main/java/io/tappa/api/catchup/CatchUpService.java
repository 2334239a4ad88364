package io.tappa.api.catchup;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.rounds.Rounds;
import io.tappa.api.store.CatchUp;
import io.tappa.api.store.CatchUpStore;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets everybody who was known before catch up with the live pack, once for each pack that has other time-outs or reads what
 * its predecessor did not. One node does it; where it dies another begins anew, which changes nothing twice.
 */
final class CatchUpService extends Rounds {
    private static final Logger LOG = LoggerFactory.getLogger(CatchUpService.class);
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final int NOTED_EVERY = 500;
    private static final int VISITORS_AT_ONCE = 16;

    private final VisitorWalk walk;
    private final VisitorsCatchUp visitors;
    private final CatchUpStore store;
    private final PackStore packs;
    private final LivePack live;
    private final ServiceClock clock;
    private final CatchUpSettings settings;
    private final String node = UUID.randomUUID().toString();
    /** For what there is nothing to do any more. */
    private @Nullable Wanted settled;

    private @Nullable String noticed;
    private Mono<Void> grace = Mono.empty();

    CatchUpService(
            VisitorWalk walk,
            VisitorsCatchUp visitors,
            CatchUpStore store,
            PackStore packs,
            LivePack live,
            ServiceClock clock,
            CatchUpSettings settings) {
        super(settings.pause(), "Visitors did not catch up with the pack");
        this.walk = walk;
        this.visitors = visitors;
        this.store = store;
        this.packs = packs;
        this.live = live;
        this.clock = clock;
        this.settings = settings;
    }

    /** What visitors have to catch up with: a version, and since when its facts are gathered. */
    private record Wanted(String hash, Gathering gathering) {}

    /** Looks once whether there is anything to do, and does it. */
    @Override
    protected Mono<Void> round() {
        var pack = live.now();
        var wanted = new Wanted(pack.hash(), pack.facts().gathering());
        if (wanted.equals(settled)) {
            return Mono.empty();
        }
        return Mono.zip(store.progress(), packs.gathering()).flatMap(stored -> {
            var known = stored.getT1();
            var slots = slots(stored.getT2());
            if (slots.isEmpty() && known.finished() && known.timers().equals(pack.timers())) {
                settled = wanted;
                return Mono.empty();
            }
            return afterGrace(pack)
                    .then(store.claim(node, LEASE))
                    .flatMap(mine -> mine ? everybody(pack, slots) : Mono.empty());
        });
    }

    /** The slots of which the logs may tell more than was gathered. */
    private SortedSet<Integer> slots(Gathering gathering) {
        long reach = clock.millis() - VisitorsCatchUp.REACH.toMillis();
        var slots = new TreeSet<Integer>();
        gathering.sinceMillis().forEach((slot, since) -> {
            if (since > reach) {
                slots.add(slot);
            }
        });
        return slots;
    }

    private Mono<Void> afterGrace(PackSnapshot pack) {
        if (!pack.hash().equals(noticed)) {
            noticed = pack.hash();
            grace = Mono.delay(settings.grace(), Schedulers.parallel()).then().cache();
        }
        return grace;
    }

    private Mono<Void> everybody(PackSnapshot pack, SortedSet<Integer> slots) {
        var begun = new CatchUp(pack.version(), pack.timers(), false, 0, 0, 0, clock.millis(), 0);
        LOG.info("Visitors catch up with {}: {} new facts, timers are set anew", pack.version(), slots.size());
        return store.note(begun)
                .then(walk.all(Function.identity())
                        .flatMap(home -> visitors.catchUp(pack, home, slots), VISITORS_AT_ONCE)
                        .scan(begun, (progress, one) -> progress.plus(one.changed(), one.cut()))
                        .concatMap(this::note, 1)
                        .last(begun))
                .flatMap(done -> end(done, slots))
                .then(store.release(node));
    }

    private Mono<CatchUp> note(CatchUp progress) {
        return progress.visitors() % NOTED_EVERY != NOTED_EVERY - 1
                ? Mono.just(progress)
                : store.claim(node, LEASE).then(store.note(progress)).thenReturn(progress);
    }

    private Mono<Void> end(CatchUp done, SortedSet<Integer> slots) {
        long now = clock.millis();
        var ended = done.ended(now);
        LOG.info("{} visitors caught up with {}; {} changed", ended.visitors(), ended.pack(), ended.changed());
        var back = slots.isEmpty()
                ? Mono.<Void>empty()
                : packs.gatheredBack(slots, now - VisitorsCatchUp.REACH.toMillis());
        return back.then(store.note(ended));
    }
}
