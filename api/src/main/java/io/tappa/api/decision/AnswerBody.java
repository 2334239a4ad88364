package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.lists.FoundProducts;
import io.tappa.api.problem.ProblemJson;
import io.tappa.engine.decision.Choice;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Verdict;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.touchpoint.Touchpoint;
import java.time.Instant;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the answer to {@code POST /v1/decisions}. */
final class AnswerBody {
    private AnswerBody() {}

    static ObjectNode of(Question question, Answer answer) {
        var body = Body.create();
        body.put("decisionId", answer.id());
        body.put("pack", question.pack().version());
        body.put("at", Instant.ofEpochMilli(question.request().atMillis()).toString());
        if (question.options().qa() != null) {
            body.put("mode", "qa");
        }
        boolean inside = question.key().seesInside();
        if (inside) {
            var journeys = body.putObject("visitor").putObject("journeys");
            answer.positions().byJourney().forEach((key, in) -> {
                var journey = journeys.putObject(key);
                journey.put("stage", in.stage());
                journey.put("since", Instant.ofEpochMilli(in.sinceMillis()).toString());
            });
        }
        var decisions = body.putArray("decisions");
        var reasons = inside && question.options().explain() != QuestionOptions.Explain.NONE
                ? new Reasons(
                        question.pack(),
                        question.request().touchpoint(),
                        answer.facts(),
                        question.options().explain() == QuestionOptions.Explain.FULL,
                        question.languages())
                : null;
        var products = told(answer.products(), question.pack());
        answer.decision()
                .placements()
                .forEach(decided ->
                        decisions.add(placement(question.request().touchpoint(), decided, reasons, products)));
        consent(body, answer.decision());
        var degraded = body.putArray("degraded");
        answer.degraded().forEach(degraded::add);
        if (!question.refused().isEmpty()) {
            var refused = body.putArray("refused");
            for (var refusal : question.refused()) {
                var reason = ProblemJson.reason(refusal.problem());
                reason.put("index", refusal.index());
                refused.add(reason);
            }
        }
        return body;
    }

    /** What to show at one placement, and why where {@code reasons} are given. */
    static ObjectNode placement(
            Touchpoint touchpoint,
            PlacementDecision decided,
            @Nullable Reasons reasons,
            Function<String, ObjectNode> products) {
        var body = Body.create();
        body.put("placement", decided.placement());
        body.put("offer", decided.offer());
        body.put("channel", decided.channel());
        if (decided.choices().isEmpty()) {
            body.putNull("content");
        } else {
            write(body, decided.choices().get(0), products);
        }
        var placement = touchpoint.placement(decided.placement());
        if (placement != null && placement.count() > 1) {
            var offers = body.putArray("offers");
            decided.choices()
                    .forEach(choice -> write(offers.addObject().put("offer", choice.offer()), choice, products));
        }
        experiments(body, decided);
        if (reasons != null) {
            reasons.why(body, decided);
        }
        body.put("fallback", decided.fallback());
        if (reasons != null) {
            reasons.candidates(body, decided);
        }
        return body;
    }

    /** Which variation of which experiment stands there, for the analytics of the site. */
    private static void experiments(ObjectNode body, PlacementDecision decided) {
        if (!decided.experiments().isEmpty()) {
            var experiments = body.putObject("experiments");
            decided.experiments().forEach(experiments::put);
        }
    }

    /** What is told of the products in lists, by id. */
    static Function<String, ObjectNode> told(FoundProducts found, PackSnapshot pack) {
        return product -> found.told(product, pack.settings());
    }

    private static void write(ObjectNode body, Choice choice, Function<String, ObjectNode> products) {
        var content = body.putObject("content");
        choice.content().forEach(content::put);
        choice.products().forEach((field, ids) -> {
            var list = content.putArray(field);
            ids.stream().map(products).forEach(list::add);
        });
        body.put("language", choice.language());
    }

    /** To what the visitor would have to agree, so that more could be shown, and how to say that they do. */
    private static void consent(ObjectNode body, Decision decision) {
        var lacking = new TreeSet<String>();
        decision.placements().stream()
                .flatMap(decided -> decided.judged().stream())
                .filter(judged -> !judged.cameTooLate())
                .forEach(judged -> {
                    if (judged.verdict() instanceof Verdict.NoConsent none) {
                        none.lacking().forEach(lack -> lacking.add(lack.name()));
                    }
                });
        if (lacking.isEmpty()) {
            return;
        }
        var consent = body.putObject("consent");
        lacking.forEach(consent.putArray("missing")::add);
        var how = consent.putObject("how").putObject("consent");
        lacking.forEach(name -> how.put(name, Consent.Status.GRANTED.key()));
    }
}
