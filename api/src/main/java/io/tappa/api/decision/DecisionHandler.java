package io.tappa.api.decision;

import io.tappa.api.body.Body;
import io.tappa.api.event.PrivacyControl;
import io.tappa.api.security.Keys;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code POST /v1/decisions}: one question, one answer. */
final class DecisionHandler {
    private final QuestionReader questions;
    private final DecisionService decisions;
    private final DecisionMetrics metrics;
    private final Keys keys;

    DecisionHandler(QuestionReader questions, DecisionService decisions, DecisionMetrics metrics, Keys keys) {
        this.questions = questions;
        this.decisions = decisions;
        this.metrics = metrics;
        this.keys = keys;
    }

    Mono<ServerResponse> decide(ServerRequest request) {
        var key = keys.of(request, null);
        var privacy = PrivacyControl.of(request);
        var languages = request.headers().acceptLanguage();
        return Body.object(request)
                .map(body -> questions.read(key, privacy, languages, body))
                .flatMap(this::answer);
    }

    private Mono<ServerResponse> answer(Question question) {
        return decisions
                .decide(question)
                .doOnNext(answer -> metrics.count(question, answer))
                .flatMap(answer -> Body.answer(AnswerBody.of(question, answer)));
    }
}
