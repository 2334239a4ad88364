package io.tappa.api.scarcity;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.Escrow;
import io.tappa.api.store.Home;
import io.tappa.engine.decision.Claim;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Grants.Spent;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Decides, reserves what that takes, and decides again where something is used up, until all that is shown is reserved.
 *
 * <p>Whoever asks again, after a lost race or on another node, gets the same reservation: it belongs to visitor, placement and
 * offer. What a decision reserved and then did not need becomes free by itself; it may be shared, so nobody gives it back.
 */
public final class Reservations {
    /** What was used up a moment ago need not be asked for by everybody. */
    private static final long BELIEVED_MILLIS = 1_000;
    /** After so many turns all that is not reserved yet counts as used up, so that there is an answer. */
    private static final int MOST_TURNS = 20;

    private final Escrow escrow;
    private final CodeStore codes;
    private final Duration life;
    private final MeterRegistry metrics;
    private final Map<String, UsedUp> usedUp = new ConcurrentHashMap<>();

    Reservations(Escrow escrow, CodeStore codes, Duration life, MeterRegistry metrics) {
        this.escrow = escrow;
        this.codes = codes;
        this.life = life;
        this.metrics = metrics;
    }

    /** Something there was no more of, until when that is believed. */
    private record UsedUp(Spent spent, long limit, long untilMillis) {}

    /**
     * For whom something is reserved.
     *
     * @param id names the decision
     * @param home where the visitor lives
     * @param remembered whether the visitor may be remembered; nobody else gets codes
     * @param nowMillis the present moment, in milliseconds since 1970
     */
    public record Whom(UUID id, Home home, boolean remembered, long nowMillis) {}

    /**
     * A decision with all that it needs.
     *
     * @param inputs what it was made of, all that is used up and all codes among it
     * @param decision what is shown
     */
    public record Settled(Inputs inputs, Decision decision) {}

    /** The decision for {@code inputs} once all that it needs is reserved; fails when the store is away. */
    public Mono<Settled> settle(PackSnapshot pack, Inputs inputs, Whom whom) {
        return settle(pack, inputs, whom, new HashSet<>(), 0);
    }

    private Mono<Settled> settle(PackSnapshot pack, Inputs inputs, Whom whom, Set<Claim> reserved, int turn) {
        var decision = Decider.decide(pack, inputs);
        var open = decision.claims().stream()
                .filter(claim -> !reserved.contains(claim))
                .toList();
        if (open.isEmpty()) {
            return Mono.just(new Settled(inputs, decision));
        }
        return Flux.fromIterable(open)
                .flatMapSequential(claim -> reserve(claim, whom, turn).map(answer -> new Answered(claim, answer)))
                .collectList()
                .flatMap(answers -> {
                    var grants = inputs.grants();
                    for (var answered : answers) {
                        if (answered.answer() instanceof Answer.No no) {
                            grants = grants.without(answered.claim().what(), no.spent());
                        } else if (answered.answer() instanceof Answer.Code code) {
                            grants = grants.with(answered.claim().name(), code.code());
                        } else {
                            reserved.add(answered.claim());
                        }
                    }
                    return settle(pack, inputs.with(grants), whom, reserved, turn + 1);
                });
    }

    private record Answered(Claim claim, Answer answer) {}

    private sealed interface Answer {
        record Yes() implements Answer {}

        record Code(String code) implements Answer {}

        record No(Spent spent) implements Answer {}
    }

    private Mono<Answer> reserve(Claim claim, Whom whom, int turn) {
        if (turn >= MOST_TURNS) {
            return Mono.just(new Answer.No(new Spent(claim.limit(), 0, claim.limit())));
        }
        var known = usedUp.get(claim.what());
        if (known != null && known.limit() == claim.limit() && whom.nowMillis() < known.untilMillis()) {
            return Mono.just(new Answer.No(known.spent()));
        }
        return (claim.kind() == Claim.Kind.CODE ? code(claim, whom) : part(claim, whom)).doOnNext(answer -> {
            if (answer instanceof Answer.No no && no.spent().limit() > 0) {
                usedUp.put(claim.what(), new UsedUp(no.spent(), claim.limit(), whom.nowMillis() + BELIEVED_MILLIS));
                metrics.counter("tappa.scarcity.refused", "what", claim.what()).increment();
            }
        });
    }

    private Mono<Answer> part(Claim claim, Whom whom) {
        var part = new Escrow.Part(
                claim.name(),
                slot(claim, whom.home().key()),
                ref(whom.id(), claim.offer()),
                claim.amount(),
                claim.limit());
        return escrow.reserve(part, whom.nowMillis(), life)
                .map(reserved -> reserved.granted()
                        ? new Answer.Yes()
                        : new Answer.No(new Spent(
                                reserved.level().used(), reserved.level().held(), claim.limit())));
    }

    /** A code is for good, so nobody gets one whom we must not know again; and whoever has one keeps it though none be left. */
    private Mono<Answer> code(Claim claim, Whom whom) {
        if (!whom.remembered()) {
            return Mono.just(new Answer.No(new Spent(0, 0, 0)));
        }
        return codes.give(claim.name(), whom.home().places())
                .map(given -> (Answer) new Answer.Code(given.code()))
                .defaultIfEmpty(new Answer.No(new Spent(claim.limit(), 0, claim.limit())));
    }

    /** Who gets what where; without the visitor's key in it. */
    private static String slot(Claim claim, VisitorKey home) {
        return "%016x".formatted(Hashes.first64(home.text() + '\n' + claim.placement() + '\n' + claim.offer()));
    }

    /** How the answer {@code id} names what it promises of an offer. */
    static String ref(UUID id, String offer) {
        return "%016x".formatted(Hashes.first64(id + "\n" + offer));
    }
}
