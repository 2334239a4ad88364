package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import io.tappa.api.event.EventParser;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.Positions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A thousand visitors are asked while something happens to them; what is right is what the engine says. */
@Timeout(120)
@ExtendWith(SharedService.class)
class DecisionsWhileEventsFlowTest {
    private static final int VISITORS = 1_000;
    private static final List<String> NEWS = List.of("Product Added", "Product Viewed", "Order Completed");

    private final Client client;
    private final PackSnapshot pack;
    private final Instant seen = Instant.now().minusSeconds(1_800).truncatedTo(ChronoUnit.MILLIS);

    DecisionsWhileEventsFlowTest(Service service) {
        this.client = service.client();
        this.pack = service.pack();
    }

    /**
     * Somebody to whom something happens.
     *
     * @param before what happened first
     * @param news what happens while we ask
     */
    private record Shopper(String id, List<ObjectNode> before, ObjectNode news) {
        static Shopper number(int i, Instant seen) {
            var id = "flow-" + i;
            var before = new ArrayList<ObjectNode>();
            before.add(event(id, seen, 0, "Product Viewed"));
            before.add(event(id, seen, 1, "Product Viewed"));
            if (i % 5 == 0) {
                before.add(event(id, seen, 2, "Product Added"));
            }
            return new Shopper(id, before, event(id, seen, 3, NEWS.get(i % NEWS.size())));
        }

        private static ObjectNode event(String id, Instant seen, int number, String name) {
            var event = Events.at(seen.plusSeconds(60L * number), Events.track(id + "-" + number, id, null, name));
            Events.with("category", "shoes", event);
            Events.with("product_id", "p-" + number, event);
            Events.with("order_id", "o-" + number, event);
            Events.with("quantity", 1, event);
            return Events.with("price", 40, event);
        }

        List<ObjectNode> all() {
            return Stream.concat(before.stream(), Stream.of(news)).toList();
        }

        /** Sometimes we ask first, sometimes the event is sent first; both are on their way at once. */
        Stream<Ask> mixed(Ask question, Ask event) {
            return id.hashCode() % 2 == 0 ? Stream.of(question, event) : Stream.of(event, question);
        }

        ObjectNode question() {
            var question = Events.question(id, null, "home");
            question.putObject("context").put("language", "it");
            return question;
        }
    }

    @Test
    void everyAnswerFitsTheVisitorBeforeOrAfterTheEvent() {
        var shoppers = IntStream.range(0, VISITORS)
                .mapToObj(i -> Shopper.number(i, seen))
                .toList();
        for (int from = 0; from < VISITORS; from += 250) {
            var before = shoppers.subList(from, from + 250).stream()
                    .flatMap(shopper -> shopper.before().stream())
                    .toList();
            assertThat(client.post("/v1/batch", Events.batch(before)).status()).isEqualTo(200);
        }
        var work = shoppers.stream()
                .flatMap(shopper -> shopper.mixed(
                        new Ask(shopper, "/v1/decisions", shopper.question()),
                        new Ask(shopper, "/v1/track", shopper.news())))
                .toList();

        var answers =
                Client.atOnce(work, ask -> client.posted(ask.path(), ask.body().toString()));

        for (int i = 0; i < work.size(); i++) {
            assertThat(answers.get(i).status()).isEqualTo(200);
            if (work.get(i).path().equals("/v1/decisions")) {
                fits(work.get(i).shopper(), answers.get(i).json());
            }
        }
        for (var shopper : shoppers.subList(0, 100)) {
            var last = client.post("/v1/decisions", shopper.question()).json();
            assertThat(said(last)).isEqualTo(right(shopper.all(), last));
        }
    }

    private record Ask(Shopper shopper, String path, ObjectNode body) {}

    private void fits(Shopper shopper, JsonNode answer) {
        assertThat(answer.path("degraded")).isEmpty();
        assertThat(said(answer)).isIn(right(shopper.before(), answer), right(shopper.all(), answer));
    }

    /** Stage, then offer and rule of each placement. */
    private static String said(JsonNode answer) {
        var said = new StringBuilder(answer.at("/visitor/journeys/shop").toString());
        for (var decision : answer.path("decisions")) {
            said.append('\n')
                    .append(decision.path("placement").asText())
                    .append(' ')
                    .append(decision.path("offer").asText())
                    .append(' ')
                    .append(decision.path("rule").asText())
                    .append(' ')
                    .append(decision.path("content"));
        }
        return said.toString();
    }

    /** What the engine says at the time of the answer, after {@code events}. */
    private String right(List<ObjectNode> events, JsonNode answer) {
        var at = Instant.parse(answer.path("at").asText()).toEpochMilli();
        var state = Transitions.apply(pack, VisitorState.UNSEEN, understood(events), at, Set.of())
                .state();
        var home = pack.touchpoints().find("home");
        var context = new TreeMap<String, String>();
        context.put("language", "it");
        var request = new DecisionRequest(home, home.placements(), context, at);
        var facts = pack.factsFor(state, at, "home", context);
        var decision = Decider.decide(pack, Inputs.of(request, facts).after(state.memory()));
        return said(asJson(state.now(), decision.placements()));
    }

    private List<VisitorEvent> understood(List<ObjectNode> events) {
        var parser = new EventParser(Instant.now(), null, null, pack);
        return events.stream()
                .map(event -> parser.parse(0, event, null, null).incoming().event())
                .toList();
    }

    private static JsonNode asJson(Positions positions, List<PlacementDecision> decisions) {
        var answer = Events.batch();
        var in = positions.in("shop");
        answer.withObject("/visitor/journeys/shop")
                .put("stage", in.stage())
                .put("since", Instant.ofEpochMilli(in.sinceMillis()).toString());
        var all = answer.putArray("decisions");
        for (var decision : decisions) {
            var one = all.addObject()
                    .put("placement", decision.placement())
                    .put("offer", decision.offer())
                    .put("rule", decision.rule());
            decision.content().forEach(one.putObject("content")::put);
        }
        return answer;
    }
}
