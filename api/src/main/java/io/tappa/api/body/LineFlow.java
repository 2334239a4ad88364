package io.tappa.api.body;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The lines of a request as they arrive. No thread waits for them, and a sender who is faster than the reader is held up. */
public final class LineFlow {
    /** How much of a body is taken in before somebody asks for it, in bytes. */
    public static final int READ_AHEAD = 8 << 20;

    private LineFlow() {}

    /** The lines of {@code request}, those of more than {@code longest} bytes cut. */
    public static Flux<Line> of(ServerRequest request, int longest) {
        return of(request.exchange().getRequest().getBody().map(LineFlow::bytes), longest);
    }

    static Flux<Line> of(Flux<byte[]> body, int longest) {
        return Flux.defer(() -> {
            var cutter = new LineCutter(longest);
            return ReadAhead.of(body, READ_AHEAD)
                    .concatMapIterable(piece -> () -> new Cuts(cutter, piece), 1)
                    .concatWith(Mono.fromSupplier(cutter::rest));
        });
    }

    private static byte[] bytes(DataBuffer buffer) {
        var bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    /** The lines that end within one piece, cut when they are asked for. */
    private static final class Cuts implements Iterator<Line> {
        private final LineCutter cutter;
        private final byte[] piece;
        private int at;
        private @Nullable Line next;

        Cuts(LineCutter cutter, byte[] piece) {
            this.cutter = cutter;
            this.piece = piece;
        }

        @Override
        public boolean hasNext() {
            while (next == null && at < piece.length) {
                next = cutter.take(piece[at++]);
            }
            return next != null;
        }

        @Override
        public Line next() {
            var line = hasNext() ? next : null;
            if (line == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return line;
        }
    }
}
