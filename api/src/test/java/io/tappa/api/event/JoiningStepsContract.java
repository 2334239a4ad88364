package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Service;
import io.tappa.api.SharedService;
import io.tappa.api.body.Body;
import io.tappa.api.event.VisitorChanger.Made;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Reception;
import io.tappa.engine.transition.StageCounts;
import io.tappa.engine.visitor.Merge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Two visitors in two shards become one in several steps. Whoever dies between two of them, and whoever comes in between:
 * no event is lost, and none counts twice.
 */
@ExtendWith(SharedService.class)
abstract class JoiningStepsContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TRIES = 40;
    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant YESTERDAY = AT.minus(Duration.ofDays(1));

    private final PackSnapshot pack;
    private int count;

    JoiningStepsContract(Service service) {
        this.pack = service.pack();
    }

    abstract VisitorStore store();

    abstract VisitorWalk walk();

    /** Everybody who is counted is found by walking, once, whatever was joined and parted. */
    @AfterEach
    void everybodyIsFound() {
        var found = Objects.requireNonNull(walk().all(Home::key).collectList().block(PATIENCE));

        assertThat(found).doesNotHaveDuplicates().hasSize((int) visitors());
        assertThat(walk().people().block(PATIENCE)).isEqualTo(visitors());
    }

    /** How many choices of who goes next are tried out, as a power of two. */
    abstract int depth();

    /** Names of this round; nobody else uses them. */
    private record Names(String device, String second, String user) {
        static Names fresh() {
            var run = UUID.randomUUID().toString();
            return new Names("d-" + run, "e-" + run, "u-" + run);
        }
    }

    @Test
    void nothingIsLostWhereverSomebodyDies() {
        int steps = 0;
        for (int survived = 0; survived <= steps; survived++) {
            var names = Names.fresh();
            long before = visitors();
            send(store(), view(names.device(), null), view(names.device(), null));
            send(store(), view(null, names.user()), view(null, names.user()));
            var signIn = view(names.device(), names.user());

            boolean done = trySend(dyingAfter(survived), signIn);

            steps = done ? survived : survived + 1;
            send(store(), view(names.device(), null));
            send(store(), view(null, names.user()));
            assertThat(send(store(), signIn)).isEqualTo(done ? Reception.DUPLICATE : Reception.COUNTED);
            assertOnePerson(names, 7, before);
        }
        assertThat(steps).isGreaterThan(5);
    }

    @Test
    void movesOfYesterdayAreInTheLedgerOnceWhereverSomebodyDies() {
        int steps = 0;
        for (int survived = 0; survived <= steps; survived++) {
            var names = Names.fresh();
            deviceOfYesterdayAndPerson(names);
            var signIn = view(names.device(), names.user());

            boolean done = trySend(dyingAfter(survived), signIn);

            steps = done ? survived : survived + 1;
            send(store(), view(null, names.user()));
            send(store(), signIn);
            var home = find(Identities.of(null, names.user()));
            assertThat(home.state().events()).isEqualTo(5);
            assertThat(ledger(home, names.device()))
                    .as("died after %d steps", survived)
                    .containsExactly("awareness entry", "intention wants");
        }
        assertThat(steps).isGreaterThan(5);
    }

    @Test
    void aMergeOfWhichOnlyTheLastStepIsMissingCanBeTakenBack() {
        int steps = 0;
        int parted = 0;
        for (int survived = 0; survived <= steps; survived++) {
            var names = Names.fresh();
            deviceOfYesterdayAndPerson(names);
            var signIn = view(names.device(), names.user());
            boolean done = trySend(dyingAfter(survived), signIn);
            steps = done ? survived : survived + 1;

            if (undo(store(), names)) {
                parted++;
                assertParted(names, done ? 4 : 3);
            }
            send(store(), view(names.device(), null), view(null, names.user()));
        }
        assertThat(parted).isGreaterThan(2);
    }

    @Test
    void aPartingIsFinishedWhereverSomebodyDies() {
        int steps = 0;
        for (int survived = 0; survived <= steps; survived++) {
            var names = Names.fresh();
            deviceOfYesterdayAndPerson(names);
            send(store(), view(names.device(), names.user()));

            boolean done = tryUndo(dyingAfter(survived), names);

            steps = done ? survived : survived + 1;
            undo(store(), names);
            assertParted(names, 4);
        }
        assertThat(steps).isGreaterThan(7);
    }

    private void deviceOfYesterdayAndPerson(Names names) {
        send(
                store(),
                event(Identities.of(names.device(), null), "Product Viewed", YESTERDAY),
                event(Identities.of(names.device(), null), "Product Added", YESTERDAY.plusSeconds(60)));
        send(store(), view(null, names.user()));
    }

    /** All events are with one of both, each with the moves and the lines that are its own. */
    private void assertParted(Names names, int events) {
        settle(Identities.of(null, names.user()));
        var user = settle(Identities.of(null, names.user()));
        var device = settle(Identities.of(names.device(), null));
        assertThat(device.key()).isNotEqualTo(user.key());
        assertThat(device.state().events()).isEqualTo(events - 1);
        assertThat(user.state().events()).isEqualTo(1);
        assertThat(ledger(find(Identities.of(names.device(), null)), names.device()))
                .containsExactly("awareness entry", "intention wants");
        assertThat(store().ledger(user.key()).block(PATIENCE)).isEmpty();
        assertThat(lines(device)).hasSize(events - 1);
        assertThat(lines(user)).hasSize(1);
    }

    private Home settle(Identities ids) {
        return new VisitorMerges(store(), new VisitorNews())
                .settled(pack, find(ids).key())
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private List<LogLine> lines(Home home) {
        return new VisitorPlaces(store())
                .of(home)
                .flatMapMany(Flux::fromIterable)
                .concatMap(store()::log)
                .flatMapIterable(Function.identity())
                .collectList()
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    private boolean undo(VisitorStore store, Names names) {
        var merges = new VisitorMerges(store, new VisitorNews());
        var home = find(Identities.of(null, names.user()));
        return home.state().merges().stream()
                .filter(Merge::holds)
                .findFirst()
                .flatMap(merge -> merges.undo(pack, home.key(), merge.id(), AT.toEpochMilli())
                        .blockOptional(PATIENCE))
                .isPresent();
    }

    private boolean tryUndo(VisitorStore store, Names names) {
        try {
            return undo(store, names);
        } catch (StoreUnavailable killed) {
            return false;
        }
    }

    private List<String> ledger(Lead home, String device) {
        return store().ledger(home.key()).blockOptional(PATIENCE).orElseThrow().stream()
                .map(Body::parsed)
                .filter(line -> line.path("anonymousId").asText().equals(device)
                        && line.path("journey").asText().equals("shop")
                        && !line.path("move").asText().equals("joined"))
                .map(line ->
                        line.path("stage").asText() + " " + line.path("move").asText())
                .toList();
    }

    private SteppedStore dyingAfter(int survived) {
        var passed = new AtomicInteger();
        return new SteppedStore(store(), new SteppedStore.Gate() {
            @Override
            public <T> Mono<T> pass(Supplier<Mono<T>> step) {
                return passed.getAndIncrement() < survived
                        ? step.get()
                        : Mono.error(new StoreUnavailable("killed by the test"));
            }
        });
    }

    @Test
    void nothingIsLostWhenSomebodySignsInWhileTheDeviceGoesOn() {
        everyOrder(names -> view(names.device(), names.user()), names -> view(names.device(), null));
    }

    @Test
    void nothingIsLostWhenSomebodySignsInWhileThePersonGoesOn() {
        everyOrder(names -> view(names.device(), names.user()), names -> view(null, names.user()));
    }

    @Test
    void nothingIsLostWhenSomebodySignsInOnTwoDevicesAtOnce() {
        everyOrder(names -> view(names.device(), names.user()), names -> view(names.second(), names.user()));
    }

    private interface EventOf {
        VisitorEvent of(Names names);
    }

    private void everyOrder(EventOf first, EventOf second) {
        for (int order = 0; order < 1 << depth(); order++) {
            var names = Names.fresh();
            long before = visitors();
            send(store(), view(names.device(), null));
            send(store(), view(names.second(), null));
            send(store(), view(null, names.user()));
            boolean twoDevices = first.of(names).ids().equals(second.of(names).ids());
            assertThat(twoDevices).isFalse();

            interleave(order, first.of(names), second.of(names));

            if (find(Identities.of(names.second(), null)).state().events() == 1) {
                send(store(), view(names.second(), names.user()));
                assertOnePerson(names, 6, before);
            } else {
                assertOnePerson(names, 5, before);
            }
        }
    }

    /** Runs both at once; the bits of {@code order} say whose store goes one step further, until one is done. */
    private void interleave(int order, VisitorEvent first, VisitorEvent second) {
        var one = new Client(first);
        var other = new Client(second);
        for (int bit = 0; bit < depth(); bit++) {
            ((order >> bit & 1) == 0 ? one : other).step();
        }
        one.finish();
        other.finish();
    }

    /** Somebody who sends one event, step by step, and again until it is taken. */
    private final class Client {
        private final Semaphore mayGo = new Semaphore(0);
        private final Semaphore waits = new Semaphore(0);
        private final Mono<Reception> sending;
        private volatile boolean done;

        Client(VisitorEvent event) {
            var stepped = new SteppedStore(store(), new SteppedStore.Gate() {
                @Override
                public <T> Mono<T> pass(Supplier<Mono<T>> step) {
                    return Mono.fromRunnable(Client.this::awaitTurn)
                            .subscribeOn(Schedulers.boundedElastic())
                            .then(Mono.defer(step));
                }
            });
            this.sending = Mono.fromSupplier(() -> sendAmongOthers(stepped, event))
                    .subscribeOn(Schedulers.boundedElastic())
                    .doOnTerminate(this::end)
                    .cache();
            sending.subscribe();
            waits.acquireUninterruptibly();
        }

        private void awaitTurn() {
            waits.release();
            mayGo.acquireUninterruptibly();
        }

        private void end() {
            done = true;
            waits.release();
        }

        void step() {
            if (!done) {
                mayGo.release();
                waits.acquireUninterruptibly();
            }
        }

        void finish() {
            while (!done) {
                step();
            }
            assertThat(sending.block(PATIENCE)).isEqualTo(Reception.COUNTED);
        }
    }

    private void assertOnePerson(Names names, int events, long visitorsBefore) {
        var device = find(Identities.of(names.device(), null));
        var user = find(Identities.of(null, names.user()));
        assertThat(device.key()).isEqualTo(user.key());
        assertThat(user.isUnfinished()).isFalse();
        assertThat(user.state().events()).isEqualTo(events);
        var facts = pack.factsFor(user.state(), AT.toEpochMilli() + 60_000, null, new TreeMap<>());
        assertThat(facts.number(pack.facts().find("productViews").index())).isEqualTo(events);
        long others = find(Identities.of(names.second(), null)).key().equals(user.key())
                        || !find(Identities.of(names.second(), null)).known()
                ? 0
                : 1;
        assertThat(visitors() - visitorsBefore).isEqualTo(1 + others);
    }

    private Lead find(Identities ids) {
        return store().leads(ids).blockOptional(PATIENCE).orElseThrow().get(0);
    }

    private long visitors() {
        return store().counters("shop").blockOptional(PATIENCE).orElseThrow().getOrDefault(StageCounts.VISITORS, 0L);
    }

    private void send(VisitorStore store, VisitorEvent first, VisitorEvent second) {
        send(store, first);
        send(store, second);
    }

    /** Where nobody else is there to lose against, it is taken at once. */
    private Reception send(VisitorStore store, VisitorEvent event) {
        return change(store, event).blockOptional(PATIENCE).orElseThrow();
    }

    /** As SDKs do: the same event again until it is taken. */
    private Reception sendAmongOthers(VisitorStore store, VisitorEvent event) {
        for (int tries = 0; tries < TRIES; tries++) {
            try {
                return change(store, event).blockOptional(PATIENCE).orElseThrow();
            } catch (StoreUnavailable lost) {
                assertThat(lost).hasMessageContaining("race");
            }
        }
        throw new AssertionError("never taken: " + event);
    }

    private boolean trySend(VisitorStore store, VisitorEvent event) {
        try {
            change(store, event).block(PATIENCE);
            return true;
        } catch (StoreUnavailable killed) {
            return false;
        }
    }

    private Mono<Reception> change(VisitorStore store, VisitorEvent event) {
        var change = new Change(pack, event.ids(), List.of(new IncomingEvent(0, "", event)), AT.toEpochMilli(), 3);
        var news = new VisitorNews();
        return new VisitorChanger(
                        store,
                        news,
                        new NearVisitors(0),
                        new Eraser(store, news, places -> Mono.empty()),
                        (pack, events, places, now) -> null,
                        (pack, events, now) -> {})
                .change(
                        change,
                        (home, transition, degraded) -> Mono.just(new Made<>(
                                transition.state(),
                                List.of(),
                                transition.receptions().get(0))));
    }

    private VisitorEvent view(@Nullable String device, @Nullable String user) {
        return event(Identities.of(device, user), "Product Viewed", AT);
    }

    private VisitorEvent event(Identities ids, String name, Instant at) {
        return new VisitorEvent(
                UUID.randomUUID().toString(), ids, name, at.plusMillis(count++ % 1_000), new TreeMap<>());
    }
}
