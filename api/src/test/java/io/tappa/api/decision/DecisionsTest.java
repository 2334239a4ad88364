package io.tappa.api.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import io.tappa.api.embedded.EmbeddedRedis;
import io.tappa.api.record.Recorded;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Questions and answers of one service, and what they leave in Redis. */
@Timeout(60)
@ExtendWith(SharedService.class)
class DecisionsTest {
    private static final String END = "end";
    private static final long DAY_MILLIS = 24L * 3_600 * 1_000;

    private final Service service;
    private final Client client;
    private final String id = UUID.randomUUID().toString();

    DecisionsTest(Service service) {
        this.service = service;
        this.client = service.client();
    }

    @Test
    void answersTheQuestionOfTheFirstPage() throws JsonProcessingException {
        var answer = client.post("/v1/decisions", """
                {"visitor":{"anonymousId":"%s","userId":null},"touchpoint":"home","placements":["hero","sidebar"],
                 "context":{"language":"it"},"explain":"reasons","events":[
                   {"event":"Product Added","properties":{"product_id":"p-1","price":62.00,"quantity":1}}]}
                """.formatted(id)).json();

        assertThat(answer.path("decisionId").asText())
                .matches("[0-9a-f-]{14}7[0-9a-f]{3}-[89ab][0-9a-f-]{16}\\.\\d+\\.[A-Za-z0-9_-]{22}");
        assertThat(answer.path("pack").asText()).isEqualTo(service.pack().version());
        assertThat(answer.at("/visitor/journeys/shop/stage").asText()).isEqualTo("intention");
        var hero = placement(answer, "hero");
        assertThat(hero.path("offer").asText()).isEqualTo("home-come-back");
        assertThat(hero.path("rule").asText()).isEqualTo("home-come-back");
        assertThat(hero.path("channel").asText()).isEqualTo("site");
        assertThat(hero.path("reason").asText()).isNotBlank();
        assertThat(hero.path("fallback").asBoolean()).isFalse();
        assertThat(hero.at("/content/title").asText()).isNotBlank();
        var sidebar = placement(answer, "sidebar");
        assertThat(sidebar.path("offer").asText()).isEqualTo("bestsellers");
        assertThat(sidebar.path("fallback").asBoolean()).isTrue();
        assertThat(sidebar.path("rule").isNull()).isTrue();
        assertThat(sidebar.path("reason").asText()).isEqualTo("no rule matched");
        assertThat(answer.path("degraded")).isEmpty();
    }

    @Test
    void foldsEventsFirstInTheSameReadAndWrite() throws InterruptedException {
        long before = visitors();
        service.redis(redis -> redis.sync().configResetstat());
        var answers = new ArrayList<JsonNode>();

        var writes = writesOf(
                key("v"),
                () -> answers.add(client.post("/v1/decisions", withEvents()).json()));

        assertThat(writes).containsExactly("set");
        String commands = service.redis(redis -> redis.sync().info("commandstats"));
        assertThat(commands).contains("cmdstat_getrange:calls=1,");
        var answer = answers.get(0);
        assertThat(answer.at("/visitor/journeys/shop/stage").asText()).isEqualTo("intention");
        assertThat(answer.at("/refused/0/pointer").asText()).isEqualTo("/events/3");
        assertThat(answer.at("/refused/0/index").asInt()).isEqualTo(3);
        assertThat(visitor().path("events").asInt()).isEqualTo(2);
        assertThat(visitors() - before).isEqualTo(1);
        assertThat(log("e")).hasSize(2);
        assertThat(log("d")).hasSize(1);
    }

    /** What is done to the text of {@code key} while {@code work} is, whatever else the service writes meanwhile. */
    private List<String> writesOf(String key, Runnable work) throws InterruptedException {
        var channel = "__keyspace@0__:" + key;
        var told = new LinkedBlockingQueue<String>();
        service.redis(redis -> redis.sync().configSet("notify-keyspace-events", "K$"));
        try (var redis = RedisClient.create(
                        "redis://127.0.0.1:" + service.bean(EmbeddedRedis.class).port());
                var listening = redis.connectPubSub()) {
            listening.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String from, String message) {
                    told.add(message);
                }
            });
            listening.sync().subscribe(channel);
            work.run();
            service.redis(other -> other.sync().publish(channel, END));
            var writes = new ArrayList<String>();
            for (var next = told.poll(10, TimeUnit.SECONDS);
                    !END.equals(next);
                    next = told.poll(10, TimeUnit.SECONDS)) {
                assertThat(next).isNotNull();
                writes.add(next);
            }
            return writes;
        } finally {
            service.redis(redis -> redis.sync().configSet("notify-keyspace-events", ""));
        }
    }

    private ObjectNode withEvents() {
        var question = Events.question(id, null, "cart");
        question.putArray("events")
                .add(added("e-1"))
                .add(added("e-1"))
                .add(Events.track("e-2", null, null, "Product Viewed"))
                .add("nonsense");
        return question;
    }

    @Test
    void leavesNoVisitorBehindForSomebodyNeverSeen() {
        long before = visitors();

        var answer = client.post("/v1/decisions", Events.question(id, null, "checkout"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(keys()).singleElement().asString().contains(":log");
        var log = keys().get(0);
        long millis = service.redis(redis -> redis.sync().pttl(log));
        assertThat(millis).isBetween(3 * DAY_MILLIS, 4 * DAY_MILLIS);
        assertThat(visitors()).isEqualTo(before);
        assertThat(client.get("/v1/visitors?anonymousId=" + id).code()).isEqualTo("no-such-visitor");
    }

    @Test
    void remembersACapOfSomebodyNeverSeenForADayAndForEverOnceAnEventFollows() {
        long before = visitors();

        assertThat(sidebar()).isEqualTo("newsletter-signup");

        assertThat(keys()).hasSize(2).contains(key("v"));
        assertThat(ttl("v")).isBetween(DAY_MILLIS - 60_000, DAY_MILLIS);
        assertThat(visitors()).isEqualTo(before);
        assertThat(client.get("/v1/visitors?anonymousId=" + id).status()).isEqualTo(404);

        client.post("/v1/track", Events.track("e-1", id, null, "Product Viewed"));

        assertThat(ttl("v")).isEqualTo(-1);
        assertThat(visitors() - before).isEqualTo(1);
        assertThat(sidebar()).isEqualTo("newsletter-signup");
        assertThat(sidebar()).isEqualTo("newsletter-signup");
        assertThat(sidebar()).isEqualTo("bestsellers");
        assertThat(ttl("v")).isEqualTo(-1);
        assertThat(visitor().path("version").asInt()).isEqualTo(4);
    }

    @Test
    void keepsACapExactlyWhenOneVisitorIsAskedFiftyTimesAtOnce() {
        client.post("/v1/track", Events.track("e-1", id, null, "Product Viewed"));
        var question = Events.question(id, null, "home").toString();

        var answers = Client.atOnce(Collections.nCopies(50, question), body -> client.posted("/v1/decisions", body));

        assertThat(answers).allMatch(answer -> answer.status() == 200);
        long shown = answers.stream()
                .filter(answer -> placement(answer.json(), "sidebar")
                        .path("offer")
                        .asText()
                        .equals("newsletter-signup"))
                .count();
        assertThat(shown).isEqualTo(3);
        assertThat(visitor().path("version").asInt()).isEqualTo(4);
        assertThat(answers).allSatisfy(answer -> {
            boolean fallback =
                    placement(answer.json(), "sidebar").path("fallback").asBoolean();
            boolean degraded = !answer.json().path("degraded").isEmpty();
            assertThat(!degraded || fallback).isTrue();
        });
        assertThat(sidebar()).isEqualTo("bestsellers");
    }

    @Test
    void recordsWhatWentIntoADecision() {
        client.post("/v1/track", Events.track("e-1", id, null, "Product Viewed"));
        var question = Events.question(id, null, "checkout");
        question.putObject("context").put("language", "en");

        var first = client.post("/v1/decisions", question).json();
        client.post("/v1/decisions", question);

        var records = log("d");
        assertThat(records).hasSize(2);
        var record = records.get(0);
        assertThat(first.path("decisionId").asText())
                .startsWith(recorded(record).uuid() + ".");
        assertThat(record.path("p").asText()).isEqualTo(service.pack().hash().substring(0, 16));
        long moment = recorded(record).atMillis();
        assertThat(Instant.ofEpochMilli(moment))
                .isEqualTo(Instant.parse(first.path("at").asText()));
        assertThat(record.path("t").asText()).isEqualTo("checkout");
        assertThat(record.path("q").toString()).isEqualTo("[\"trust\"]");
        assertThat(record.at("/c/language").asText()).isEqualTo("en");
        assertThat(record.path("f").toString())
                .startsWith("[\"awareness\",")
                .contains(",1,")
                .matches(".*,\\[[0-9]+],.*");
        assertThat(record.path("d").asText())
                .isNotBlank()
                .isEqualTo(records.get(1).path("d").asText());
    }

    @Test
    void explainsAsMuchAsIsAskedFor() {
        var question = Events.question(id, null, "checkout");

        var none = client.post("/v1/decisions", question.put("explain", "none"))
                .json()
                .at("/decisions/0");
        var reasons = client.post("/v1/decisions", question.put("explain", "reasons"))
                .json()
                .at("/decisions/0");
        var full = client.post(
                        "/v1/decisions", Events.question(id, null, "home").put("explain", "full"))
                .json();

        assertThat(none.has("rule") || none.has("reason") || none.has("candidates"))
                .isFalse();
        assertThat(reasons.has("rule") && reasons.has("reason")).isTrue();
        assertThat(reasons.has("candidates")).isFalse();
        var candidate = placement(full, "sidebar").at("/candidates/0");
        assertThat(candidate.path("offer").asText()).isEqualTo("newsletter-signup");
        assertThat(candidate.path("rule").asText()).isEqualTo("home-newsletter");
        assertThat(candidate.path("verdict").asText()).isEqualTo("chosen");
        assertThat(candidate.path("because").asText()).isNotBlank();
    }

    @Test
    void saysOfEveryCandidateHowFarItIsFromWinningAsTheDocumentationShows() throws IOException {
        var candidate = candidate(client.post("/v1/decisions", explained(40)), "cart-free-shipping");

        var page = Files.readString(Path.of("..", "docs", "decisioning.md"));
        var example = page.substring(page.indexOf("```json") + 7);
        assertThat(candidate).isEqualTo(json(example.substring(0, example.indexOf("```"))));
    }

    @Test
    void explainsInTheLanguageOfWhoeverAsks() {
        var question = client.request("/v1/decisions").header("Accept-Language", "it-IT,it;q=0.9,en;q=0.5");
        var answer = client.send(
                question.POST(BodyPublishers.ofString(explained(62).toString())).build());

        assertThat(candidate(answer, "cart-free-shipping").path("because").asText())
                .isEqualTo(
                        "la regola cart-free-shipping non si applica: last NPS answer non è noto e deve essere almeno 9");
        assertThat(placement(answer.json(), "drawer").path("reason").asText()).endsWith("(priorità 50)");
    }

    /** The question about a basket of this value, everything explained. */
    private ObjectNode explained(int price) {
        var added = Events.track("m-" + id, id, null, "Product Added");
        client.post("/v1/track", Events.with("price", price, Events.with("product_id", "p-1", added)));
        return Events.question(id, null, "cart").put("explain", "full");
    }

    private static JsonNode candidate(Client.Answer answer, String rule) {
        for (var candidate : placement(answer.json(), "drawer").path("candidates")) {
            if (candidate.path("rule").asText().equals(rule)) {
                return candidate;
            }
        }
        throw new AssertionError(answer.body());
    }

    @Test
    void answersNothingWhereNoRuleMatchesAndNoFallbackIsDeclared() {
        var decision =
                client.post("/v1/decisions", Events.question(id, null, "cart")).json();

        var drawer = placement(decision, "drawer");
        assertThat(drawer.path("offer").isNull()).isTrue();
        assertThat(drawer.path("content").isNull()).isTrue();
        assertThat(drawer.path("fallback").asBoolean()).isFalse();
    }

    @Test
    void decidesAllPlacementsUnlessSomeAreNamed() {
        var question = Events.question(id, null, "home");

        assertThat(names(question)).containsExactly("hero", "sidebar");
        question.putArray("placements").add("sidebar").add("sidebar");
        assertThat(names(question)).containsExactly("sidebar");
        question.putArray("placements");
        assertThat(names(question)).isEmpty();
    }

    private List<String> names(ObjectNode question) {
        return client.post("/v1/decisions", question).json().path("decisions").findValuesAsText("placement");
    }

    private ObjectNode added(String messageId) {
        var event = Events.track(messageId, null, null, "Product Added");
        return Events.with("price", 30, Events.with("product_id", "p-1", event));
    }

    private String sidebar() {
        var answer =
                client.post("/v1/decisions", Events.question(id, null, "home")).json();
        assertThat(answer.path("degraded")).isEmpty();
        return placement(answer, "sidebar").path("offer").asText();
    }

    private static JsonNode placement(JsonNode answer, String name) {
        return StreamSupport.stream(answer.path("decisions").spliterator(), false)
                .filter(decision -> decision.path("placement").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private JsonNode visitor() {
        return client.get("/v1/visitors?anonymousId=" + id).json();
    }

    private long visitors() {
        return client.get("/v1/journeys/shop/stages").json().path("visitors").asLong();
    }

    private String key(String kind) {
        var key = VisitorKey.of(new Identity(IdKind.ANONYMOUS, id));
        return "tappa:shop:{s%d}:%s:%s".formatted(key.shard(), kind, key.text());
    }

    private List<String> keys() {
        var key = VisitorKey.of(new Identity(IdKind.ANONYMOUS, id));
        return service.redis(redis -> Service.keys(redis, "*" + key.text() + "*"));
    }

    private long ttl(String kind) {
        return service.redis(redis -> redis.sync().pttl(key(kind)));
    }

    private List<JsonNode> log(String kind) {
        List<String> lines = service.redis(redis -> Service.keys(redis, key("log*")).stream()
                .flatMap(part -> redis.sync().lrange(part, 0, -1).stream())
                .toList());
        return lines.stream()
                .filter(line -> line.startsWith(kind))
                .map(line -> json(line.substring(1)))
                .toList();
    }

    private Recorded recorded(JsonNode line) {
        return new Recorded(VisitorKey.of(new Identity(IdKind.ANONYMOUS, id)), (ObjectNode) line);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException noJson) {
            throw new AssertionError(noJson);
        }
    }
}
