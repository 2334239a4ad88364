package io.tappa.api.imports;

import io.tappa.api.body.BrokenBody;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Schedulers;

/** The rows of a request as they arrive: read on a thread that may wait, and only as fast as they are asked for. */
final class RowFlow implements Closeable {
    private static final int BUFFERS_AHEAD = 16;
    /** Without a piece of the body for so long, its thread is given to another import. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final InputStream in;
    private final Rows rows;

    private RowFlow(InputStream in, Rows rows) {
        this.in = in;
        this.rows = rows;
    }

    /** The rows from the line {@code from} on. */
    static Flux<Row> of(ServerRequest request, Format format, long from) {
        return Flux.generate(() -> open(request, format), RowFlow::next, RowFlow::close)
                .subscribeOn(Schedulers.boundedElastic())
                .onErrorMap(BrokenBody::explains, broken -> unreadable())
                .filter(row -> row.line() >= from);
    }

    private static RowFlow open(ServerRequest request, Format format) throws IOException {
        var pieces = request.exchange().getRequest().getBody().timeout(LONGEST_PAUSE);
        var body = DataBufferUtils.subscriberInputStream(pieces, BUFFERS_AHEAD);
        try {
            var in = BodyStream.of(body);
            return new RowFlow(in, format.read(in));
        } catch (IOException noBody) {
            body.close();
            throw noBody;
        }
    }

    private static RowFlow next(RowFlow flow, SynchronousSink<Row> sink) {
        try {
            var row = flow.rows.next();
            if (row == null) {
                sink.complete();
            } else {
                sink.next(row);
            }
        } catch (IOException broken) {
            sink.error(broken);
        }
        return flow;
    }

    private static HttpProblem unreadable() {
        return new HttpProblem(
                ProblemCode.INVALID_FIELD,
                "",
                "The body cannot be read to its end.",
                "Send the file again; what was imported before is not counted twice.");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException closed) {
            // there is nothing left to let go of
        }
    }
}
