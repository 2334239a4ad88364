package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.BrokenBody;
import io.tappa.api.body.LineFlow;
import io.tappa.api.event.PrivacyControl;
import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * {@code POST /v1/decisions:batch}: many questions in one call, one a line; they are answered in their order while more of
 * them come in. Who takes the answers slowly is read from slowly, so that a call holds little of either.
 */
final class BatchHandler {
    private static final Logger LOG = LoggerFactory.getLogger(BatchHandler.class);
    private static final Set<String> NDJSON = Set.of("application/x-ndjson", "application/ndjson", "application/jsonl");
    private static final int LINES_AT_ONCE = 64;
    /** When no answer could be given or was taken for so long, the call is broken off. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private final QuestionReader questions;
    private final DecisionService decisions;
    private final DecisionMetrics metrics;
    private final Keys keys;
    private final int most;
    private final AtomicInteger running = new AtomicInteger();

    /** At most {@code most} such calls are answered at once. */
    BatchHandler(QuestionReader questions, DecisionService decisions, DecisionMetrics metrics, Keys keys, int most) {
        this.questions = questions;
        this.decisions = decisions;
        this.metrics = metrics;
        this.keys = keys;
        this.most = most;
    }

    /** Who sent a call, and what holds for all of its lines. */
    private record Sender(
            ApiKey key, PrivacyControl privacy, List<LanguageRange> languages, SharedFields shared, Turns turns) {}

    Mono<ServerResponse> decide(ServerRequest request) {
        var key = keys.secret(request);
        checkType(request);
        var shared = SharedFields.of(request, fields -> questions.check(key, fields));
        var sender =
                new Sender(key, PrivacyControl.of(request), request.headers().acceptLanguage(), shared, new Turns());
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_NDJSON)
                .body(alongside(answers(request, sender)), String.class);
    }

    private static void checkType(ServerRequest request) {
        var type = request.headers().asHttpHeaders().getFirst("Content-Type");
        var media = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!NDJSON.contains(media)) {
            throw new HttpProblem(
                    ProblemCode.UNSUPPORTED_MEDIA,
                    "Content-Type",
                    "The content type does not say that there is one JSON object a line.",
                    "Send application/x-ndjson.");
        }
    }

    private Flux<String> answers(ServerRequest request, Sender sender) {
        return LineFlow.of(request, BatchLine.LONGEST)
                .filter(line -> !BatchLine.isEmpty(line))
                .index(BatchLine::new)
                .filter(BatchLine::isHeard)
                .flatMapSequential(line -> answer(line, sender), LINES_AT_ONCE, 1)
                .switchIfEmpty(Mono.error(BatchHandler::noLine))
                .timeout(LONGEST_PAUSE)
                .onErrorMap(failure -> isUnanswered(request) && BrokenBody.explains(failure), broken -> unreadable())
                .map(answer -> Body.text(answer) + "\n");
    }

    private Mono<ObjectNode> answer(BatchLine line, Sender sender) {
        return Mono.fromSupplier(() -> question(line, sender))
                .flatMap(question -> sender.turns()
                        .take(question.ids().all(), decided(question))
                        .map(answer -> line.answered(AnswerBody.of(question, answer))))
                .onErrorResume(HttpProblem.class, refused -> Mono.just(line.refused(refused)))
                .onErrorResume(failure -> Mono.just(line.refused(unforeseen(failure))));
    }

    private Question question(BatchLine line, Sender sender) {
        var body = line.question();
        sender.shared().addTo(body);
        return questions.read(sender.key(), sender.privacy(), sender.languages(), body);
    }

    /** The thread that talks to Redis is left alone with what is made of the answer, and with the lines that follow. */
    private Mono<Answer> decided(Question question) {
        return decisions
                .decide(question)
                .publishOn(Schedulers.parallel())
                .doOnNext(answer -> metrics.count(question, answer));
    }

    /** Only so many calls at once, since each of them holds a part of its lines. */
    private <T> Flux<T> alongside(Flux<T> call) {
        return Flux.defer(() -> {
            if (running.incrementAndGet() > most) {
                running.decrementAndGet();
                return Flux.error(new HttpProblem(
                        ProblemCode.OVERLOADED,
                        "",
                        "%d batches are being decided already.".formatted(most),
                        "Send the same request again when one of them has ended."));
            }
            return call.doFinally(end -> running.decrementAndGet());
        });
    }

    private static boolean isUnanswered(ServerRequest request) {
        return !request.exchange().getResponse().isCommitted();
    }

    private static HttpProblem noLine() {
        return new HttpProblem(
                ProblemCode.BAD_JSON, "", "The body is empty.", "Send one JSON object a line, in UTF-8.");
    }

    private static HttpProblem unreadable() {
        return new HttpProblem(
                ProblemCode.INVALID_FIELD,
                "",
                "No line came, and the body has not ended.",
                "Send lines without pauses of more than %d minutes.".formatted(LONGEST_PAUSE.toMinutes()));
    }

    private static HttpProblem unforeseen(Throwable failure) {
        LOG.error("A line of a batch of decisions failed", failure);
        return new HttpProblem(
                ProblemCode.INTERNAL,
                "",
                "Something went wrong that nobody foresaw.",
                "Tell the operator the time and the path; the log says more.");
    }
}
