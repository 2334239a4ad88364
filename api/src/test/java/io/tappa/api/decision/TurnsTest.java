package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Patience;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

@Timeout(30)
class TurnsTest {
    private static final Identity ADA = new Identity(IdKind.USER, "ada");
    private static final Identity HER_PHONE = new Identity(IdKind.ANONYMOUS, "phone");
    private static final Identity HER_DESK = new Identity(IdKind.ANONYMOUS, "desk");
    private static final Identity BOB = new Identity(IdKind.USER, "bob");

    private final Turns turns = new Turns();
    private final List<String> begun = Collections.synchronizedList(new ArrayList<>());

    private Mono<String> begin(String name, Mono<String> end) {
        return Mono.defer(() -> {
            begun.add(name);
            return end;
        });
    }

    @Test
    void waitForThoseWhoShareAnId() {
        Sinks.One<String> first = Sinks.one();
        var before =
                turns.take(List.of(HER_PHONE), begin("phone", first.asMono())).toFuture();
        var both = turns.take(List.of(ADA, HER_PHONE), begin("both", Mono.just("2")))
                .toFuture();
        var desk = turns.take(List.of(ADA, HER_DESK), begin("desk", Mono.just("3")))
                .toFuture();
        turns.take(List.of(BOB), begin("bob", Mono.just("4"))).block();

        assertThat(begun).containsExactly("phone", "bob");
        first.tryEmitValue("1");

        assertThat(List.of(before.join(), both.join(), desk.join())).containsExactly("1", "2", "3");
        assertThat(begun).containsExactly("phone", "bob", "both", "desk");
    }

    @Test
    void goOnAfterFailuresAndAfterThoseWhoGaveUp() {
        var never = turns.take(List.of(ADA), begin("never", Mono.never())).subscribe();
        var failing = turns.take(List.of(ADA), begin("failing", Mono.error(new IllegalStateException("broken"))))
                .onErrorReturn("failed")
                .toFuture();
        var last = turns.take(List.of(ADA), begin("last", Mono.just("done"))).toFuture();

        never.dispose();

        assertThat(failing.join()).isEqualTo("failed");
        assertThat(last.join()).isEqualTo("done");
        assertThat(begun).containsExactly("never", "failing", "last");
    }

    @Test
    void ofOneVisitorComeOneAfterTheOtherAndLeaveNothingBehind() throws Exception {
        var inside = new AtomicInteger();
        var together = new AtomicInteger();

        var order = Flux.fromStream(IntStream.range(0, 5_000).boxed())
                .flatMapSequential(
                        i -> turns.take(
                                List.of(ADA),
                                Mono.fromSupplier(() -> {
                                            together.accumulateAndGet(inside.incrementAndGet(), Math::max);
                                            return i;
                                        })
                                        .delayElement(Duration.ofNanos(1))
                                        .doOnNext(done -> inside.decrementAndGet())),
                        64)
                .collectList()
                .block();

        assertThat(order).hasSize(5_000).isSorted();
        assertThat(together).hasValue(1);
        Patience.until("nothing is left behind", Duration.ofSeconds(10), () -> turns.taken() == 0);
    }
}
