package io.tappa.api.imports;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.Keys;
import io.tappa.api.store.ImportJobs;
import io.tappa.api.store.ImportJobs.Job;
import io.tappa.api.store.ImportJobs.RefusedLine;
import io.tappa.api.store.ImportJobs.State;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/data/{kind}} takes rows in, {@code GET /v1/data/jobs/{job}} says how far it is. */
@Configuration(proxyBeanMethods = false)
class ImportRoutes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MOST_AT_ONCE = 4;
    private static final int REFUSED_IN_ANSWER = 100;
    private static final int LONGEST_SOURCE = 100;

    private final Sinks sinks;
    private final ImportJobs jobs;
    private final Keys keys;
    private final ServiceClock clock;
    private final AtomicInteger running = new AtomicInteger();

    ImportRoutes(Sinks sinks, ImportJobs jobs, Keys keys, ServiceClock clock) {
        this.sinks = sinks;
        this.jobs = jobs;
        this.keys = keys;
        this.clock = clock;
    }

    @Bean
    RouterFunction<ServerResponse> imports() {
        return route().GET("/v1/data/jobs/{job}", this::find)
                .GET("/v1/data/jobs/{job}/refused", this::refused)
                .POST("/v1/data/{kind}", this::take)
                .build();
    }

    private Mono<ServerResponse> take(ServerRequest request) {
        var key = keys.secret(request);
        var kind = ImportKind.of(request.pathVariable("kind"));
        var format = Format.of(request.headers().asHttpHeaders().getFirst(HttpHeaders.CONTENT_TYPE), kind);
        var survey = survey(request, kind);
        var sink = sinks.of(kind, key, source(request, survey), survey);
        var rows = RowFlow.of(request, format, from(request));
        var name =
                name(request.queryParam("job").orElseGet(() -> UUID.randomUUID().toString()));
        return alongside(Mono.usingWhen(
                        ImportRun.begin(jobs, clock, name, kind),
                        run -> run.take(rows, sink).thenReturn(run),
                        run -> run.end(State.FINISHED),
                        (run, failure) -> run.end(State.FAILED),
                        run -> run.end(State.INTERRUPTED)))
                .flatMap(run -> answer(run.job()));
    }

    /** Each import occupies a thread while it waits for its body; so only a few of them run at once. */
    private <T> Mono<T> alongside(Mono<T> job) {
        return Mono.defer(() -> {
            if (running.incrementAndGet() > MOST_AT_ONCE) {
                running.decrementAndGet();
                return Mono.error(new HttpProblem(
                        ProblemCode.OVERLOADED,
                        "",
                        "%d imports are running already.".formatted(MOST_AT_ONCE),
                        "Send the file again when one of them has ended."));
            }
            return job.doFinally(end -> running.decrementAndGet());
        });
    }

    /** Only events can be answers to a survey. */
    private static String survey(ServerRequest request, ImportKind kind) {
        var survey = request.queryParam("survey").orElse("");
        if (!survey.isEmpty() && kind != ImportKind.EVENTS) {
            throw Field.wrong(
                    "survey", "A survey brings no %s.".formatted(kind.key()), "Send its answers to /v1/data/events.");
        }
        return survey;
    }

    private static String source(ServerRequest request, String survey) {
        var source = request.queryParam("source").orElse(survey.isEmpty() ? "import" : survey);
        if (source.isBlank() || source.length() > LONGEST_SOURCE) {
            throw Field.wrong("source", "This cannot be a source.", "Name the system it comes from, such as crm.");
        }
        return source;
    }

    private static long from(ServerRequest request) {
        var from = request.queryParam("from").orElse("1");
        if (!from.matches("[0-9]{1,12}")) {
            throw Field.wrong("from", "\"%s\" is no line.".formatted(from), "Send the number of a line, such as 401.");
        }
        return Long.parseLong(from);
    }

    private static String name(String job) {
        if (!NAME.matcher(job).matches()) {
            throw Field.wrong("job", "This cannot name a job.", "Use letters, digits, - and _, at most 64 of them.");
        }
        return job;
    }

    private Mono<ServerResponse> find(ServerRequest request) {
        keys.secret(request);
        return known(request).flatMap(this::answer);
    }

    private Mono<Job> known(ServerRequest request) {
        var name = name(request.pathVariable("job"));
        return jobs.find(name)
                .switchIfEmpty(Mono.error(() -> new HttpProblem(
                        ProblemCode.NOT_FOUND,
                        request.path(),
                        "There is no job \"%s\".".formatted(name),
                        "Jobs are kept for seven days; the answer to an import names its job.")));
    }

    private Mono<ServerResponse> answer(Job job) {
        return jobs.refused(job.job(), REFUSED_IN_ANSWER)
                .collectList()
                .flatMap(refused -> Body.answer(body(job, refused)));
    }

    private static ObjectNode body(Job job, List<RefusedLine> refused) {
        var body = Body.create();
        body.put("job", job.job());
        body.put("kind", job.kind());
        body.put("state", job.state().name().toLowerCase(Locale.ROOT));
        body.put("started", job.started());
        body.put("updated", job.updated());
        body.put("lines", job.counts().lines());
        body.put("accepted", job.counts().accepted());
        body.put("duplicates", job.counts().duplicates());
        body.put("refused", job.counts().refused());
        body.put("next", job.counts().next());
        var lines = body.putArray("refusedLines");
        refused.forEach(line -> lines.add(json(line)));
        return body;
    }

    private static ObjectNode json(RefusedLine line) {
        return Body.create()
                .put("line", line.line())
                .put("code", line.code())
                .put("place", line.place())
                .put("what", line.what())
                .put("cure", line.cure());
    }

    private Mono<ServerResponse> refused(ServerRequest request) {
        keys.secret(request);
        return known(request)
                .flatMap(job -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_NDJSON)
                        .body(
                                jobs.refused(job.job(), ImportJobs.MOST_REFUSED)
                                        .map(line -> Body.text(json(line)) + "\n"),
                                String.class));
    }
}
