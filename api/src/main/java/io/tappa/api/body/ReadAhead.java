package io.tappa.api.body;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Takes pieces in before somebody asks for them, up to so many bytes; then the sender has to wait. Many clients read no
 * answer before they have sent all, and would wait for ever for a service that reads no more before its answer is taken.
 */
final class ReadAhead extends BaseSubscriber<byte[]> {
    /** What a piece takes beside its bytes. */
    private static final int OVERHEAD = 64;

    private final Sinks.Many<byte[]> pieces = Sinks.many().unicast().onBackpressureBuffer();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final int most;

    private ReadAhead(int most) {
        this.most = most;
    }

    /** The pieces of {@code source}, read until {@code most} bytes of them are held, or one piece more. */
    static Flux<byte[]> of(Flux<byte[]> source, int most) {
        return Flux.defer(() -> {
            var ahead = new ReadAhead(most);
            source.subscribe(ahead);
            return ahead.pieces.asFlux().doOnNext(ahead::handed).doOnCancel(ahead::cancel);
        });
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        request(1);
    }

    @Override
    protected void hookOnNext(byte[] piece) {
        held.addAndGet(piece.length + OVERHEAD);
        if (pieces.tryEmitNext(piece).isFailure()) {
            cancel();
            return;
        }
        waiting.set(true);
        goOn();
    }

    private void handed(byte[] piece) {
        held.addAndGet(-piece.length - OVERHEAD);
        goOn();
    }

    private void goOn() {
        if (held.get() < most && waiting.compareAndSet(true, false)) {
            request(1);
        }
    }

    @Override
    protected void hookOnComplete() {
        pieces.tryEmitComplete();
    }

    @Override
    protected void hookOnError(Throwable failure) {
        pieces.tryEmitError(failure);
    }
}
