package io.tappa.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lettuce.core.Range;
import io.lettuce.core.api.StatefulRedisConnection;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Everything a person may ask for, and nothing left once they want to be forgotten. */
@Timeout(120)
class ErasureTest {
    private static final String MARK = "qzmark";
    private static final int BROWSERS = 300;
    private static Service service;

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Client client = service.client();

    @BeforeAll
    static void start() throws Exception {
        service = Service.start();
        Patience.until(
                "nobody has to catch up with the pack any more",
                Duration.ofSeconds(60),
                () -> service.client()
                        .get("/v1/packs/shop/facts")
                        .json()
                        .at("/catchUp/state")
                        .asText()
                        .equals("finished"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void leavesNoTraceOfThePersonInAnyKey() {
        var phone = MARK + "-phone-" + run;
        var laptop = MARK + "-laptop-" + run;
        var maria = MARK + "-maria-" + run;
        send(track(phone, null, "Product Viewed"), track(phone, null, "Product Added"));
        send(track(null, maria, "Product Viewed"), traits(maria));
        send(track(phone, maria, "Order Completed"), track(laptop, maria, "Product Viewed"));
        client.post("/v1/decisions", Events.question(phone, null, "cart"));
        refuse(maria);
        var before = dump();
        var id = known("userId=" + maria).path("id").asText();
        assertThat(before.values().toString()).contains(run);

        var answer = client.delete("/v1/visitors/" + id);

        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        var after = dump();
        assertThat(after.toString()).doesNotContain(run).doesNotContain("Rossi");
        assertThat(after.keySet()).noneMatch(key -> key.contains(id) && !key.contains(":gone:"));
        assertThat(after.keySet()).allMatch(key -> before.containsKey(key) || key.contains(":gone:"));
        assertThat(client.get("/v1/visitors/" + id).status()).isEqualTo(404);
        for (var query : new String[] {"anonymousId=" + phone, "anonymousId=" + laptop, "userId=" + maria}) {
            assertThat(client.get("/v1/visitors?" + query).status()).as(query).isEqualTo(404);
        }
        assertThat(client.get("/v1/journeys/shop/stages")
                        .json()
                        .path("visitors")
                        .asInt())
                .isZero();
    }

    /** Everything that may be refused with the person's ids, address or words in it. */
    private void refuse(String maria) {
        var mail = maria + "@shop.example";
        imported("orders", """
                order_id,userId,total,currency,completedAt,status
                %1$s,%1$s,%2$s,EUR,2026-03-01,completed
                %1$s,%1$s,5,%2$s,2026-03-01,completed
                %1$s,%1$s,5,EUR,%2$s,completed
                %1$s,%1$s,5,EUR,2999-01-01,%2$s
                %1$s,%1$s,5,EUR,2999-01-01,completed
                %1$s,%1$s,5,EUR
                """.formatted(maria, mail));
        imported("consents", "userId,purpose,status\n%s,email,%s\n".formatted(maria, mail));
        imported("products", "id,price,availability\n1,%1$s,\n2,5,%1$s\n".formatted(mail));
        imported("suppressions", "address,channel\n%s,%s\n".formatted(mail.replace("@", " "), maria));
        client.post("/v1/track", track(maria, null, "Stage Set"));
        client.post("/v1/track", track(maria, null, "").put("timestamp", mail));
        client.post("/v1/batch", Events.batch(track(maria, maria, "x").put("type", mail)));
        client.post("/v1/track", track(maria, maria, "Mail sent to " + mail));
        client.post("/v1/track", Events.with("currency", mail, Events.with("total", 5, track(maria, null, "x"))));
        assertThat(client.get("/v1/events/refused").json().path("refused")).isNotEmpty();
        assertThat(client.get("/v1/events/names").json().path("others").asInt()).isPositive();
    }

    private void imported(String kind, String csv) {
        var answer = client.send(client.request("/v1/data/" + kind)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build());
        assertThat(answer.json().path("refused").asInt()).as(answer.body()).isPositive();
        assertThat(answer.body()).doesNotContain(MARK);
    }

    @Test
    void keepsLateEventsOutAndLetsANewStoryBegin() {
        var device = "late-" + run;
        var early = Instant.now().minusSeconds(600);
        send(track(device, null, "Product Added"));
        var id = known("anonymousId=" + device).path("id").asText();
        client.delete("/v1/visitors/" + id);

        var late = client.post("/v1/batch", Events.batch(Events.at(early, track(device, null, "Order Completed"))));

        assertThat(late.json().path("accepted").asInt()).isZero();
        assertThat(late.json().at("/refused/0/code").asText()).isEqualTo("erased");
        assertThat(client.get("/v1/visitors?anonymousId=" + device).status()).isEqualTo(404);
        send(track(device, null, "Product Viewed"));
        assertThat(client.post("/v1/batch", Events.batch(Events.at(early, track(device, null, "Order Completed"))))
                        .json()
                        .at("/refused/0/code")
                        .asText())
                .isEqualTo("erased");
        assertThat(known("anonymousId=" + device).path("events").asInt()).isEqualTo(1);
        var among = track(device, null, "Order Completed");
        among.withObject("/properties").put("note", "secret of " + device);
        var batch = Events.batch(track(device, null, "Product Viewed"), Events.at(early, among));
        assertThat(client.post("/v1/batch", batch).json().path("accepted").asInt())
                .isEqualTo(1);
        assertThat(dump().values().toString()).doesNotContain("secret of " + device);
        client.delete(
                "/v1/visitors/" + known("anonymousId=" + device).path("id").asText());
    }

    @Test
    void exportsEverythingThatIsKnown() {
        var device = "export-" + run;
        var person = "person-" + run;
        send(track(device, null, "Product Viewed"), track(device, person, "Product Added"), traits(person));
        client.post("/v1/decisions", Events.question(device, null, "cart"));
        var id = known("userId=" + person).path("id").asText();

        var export = client.get("/v1/visitors/" + id + "/export").json();

        assertThat(export.at("/visitor/ids")).hasSize(2);
        assertThat(export.at("/visitor/journeys/shop/stage").asText()).isEqualTo("intention");
        assertThat(export.at("/visitor/attributes/country/value").asText()).isEqualTo("IT");
        assertThat(export.at("/visitor/consents/personalization_storage/status").asText())
                .isEqualTo("granted");
        assertThat(export.path("events")).hasSize(3);
        assertThat(export.path("decisions")).hasSize(1);
        assertThat(client.with("pk_demo").get("/v1/visitors/" + id + "/export").status())
                .isEqualTo(403);
        client.delete("/v1/visitors/" + id);
    }

    @Test
    void exportsWhatWasShownJoinedAndHandedOver() {
        var browser = "all-" + run;
        var tablet = "tablet-" + run;
        var person = "all-person-" + run;
        var other = "all-other-" + run;
        client.post("/v1/decisions", Events.question(browser, null, "checkout"));
        client.post("/v1/decisions", Events.question(browser, null, "home"));
        send(track(tablet, null, "Product Viewed"), track(null, person, "Product Viewed"));
        send(track(browser, person, "Product Added"), track(tablet, person, "Product Viewed"));
        send(track(tablet, other, "Product Viewed"));
        var id = known("userId=" + person).path("id").asText();

        var export = client.get("/v1/visitors/" + id + "/export").json();

        assertThat(export.path("events")).hasSize(4);
        assertThat(export.path("decisions")).hasSize(2);
        assertThat(export.path("merges")).hasSize(2);
        assertThat(export.at("/merges/0/ids")).isNotEmpty();
        assertThat(export.at("/merges/0/because").asText()).isNotBlank();
        assertThat(export.at("/handOvers/0/anonymousId").asText()).isEqualTo(tablet);
        assertThat(export.at("/shown/0/cap").asText()).isEqualTo("offer newsletter-signup at most 3× per 1 day");
        assertThat(export.at("/shown/0/times")).hasSize(1);
        assertThat(export.path("moves").isArray()).isTrue();
        forget("userId=" + person, "userId=" + other);
    }

    @Test
    void tellsNobodyAnythingOfWhomTheyWerePartedFrom() {
        var tablet = "parted-tablet-" + run;
        var person = "parted-person-" + run;
        partedProfiles(tablet, person, "");

        var ofTablet = export("anonymousId=" + tablet).toString();
        var ofPerson = export("userId=" + person).toString();

        assertThat(ofTablet)
                .contains("word-of-tablet-before", "word-of-tablet-while")
                .doesNotContain("word-of-person");
        assertThat(ofPerson)
                .contains("word-of-person-before", "word-of-person-while")
                .doesNotContain("word-of-tablet", tablet);
        forget("anonymousId=" + tablet, "userId=" + person);
    }

    @Test
    void leavesNoTraceOfAPartedProfileInTheOtherOne() {
        var mark = MARK + "-parted-" + run;
        var person = "person2-" + run;
        partedProfiles(mark, person, mark);
        assertThat(dump().toString()).contains(mark);

        forget("anonymousId=" + mark);

        assertThat(dump().toString()).doesNotContain(mark).doesNotContain("word-of-tablet");
        assertThat(export("userId=" + person).toString()).contains("word-of-person-before", "word-of-person-while");
        forget("userId=" + person);
        assertThat(dump().values().toString()).doesNotContain("word-of-person");
    }

    /** Two profiles, joined and parted again, each with a word of its own from before and from while they were one. */
    private void partedProfiles(String tablet, String person, String mark) {
        send(
                note("word-of-tablet-before", Events.at(Instant.now().minusSeconds(7_200), one(mark, tablet, null))),
                note("word-of-person-before", Events.at(Instant.now().minusSeconds(7_100), one("", null, person))));
        send(one(mark, tablet, person));
        send(
                note("word-of-tablet-while", one(mark, tablet, null)),
                note("word-of-person-while", one("", null, person)));
        client.post("/v1/decisions", Events.question(tablet, null, "cart"));
        client.post("/v1/decisions", Events.question(null, person, "cart"));
        var id = known("userId=" + person).path("id").asText();
        var merge = client.get("/v1/visitors/" + id + "/merges")
                .json()
                .at("/merges/0/merge")
                .asText();
        var answer = client.post("/v1/visitors/" + id + ":unmerge", Events.body("merge", merge));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static ObjectNode one(String mark, @Nullable String device, @Nullable String user) {
        var track = Events.track(mark + UUID.randomUUID(), device, user, "Product Viewed");
        track.withObject("/context/consent").put("personalization_storage", "granted");
        return track;
    }

    private static ObjectNode note(String word, ObjectNode event) {
        return Events.with("note", word, event);
    }

    private JsonNode export(String query) {
        return client.get("/v1/visitors/" + known(query).path("id").asText() + "/export")
                .json();
    }

    private void forget(String... queries) {
        for (var query : queries) {
            var answer = client.delete("/v1/visitors/" + known(query).path("id").asText());
            assertThat(answer.status()).as(answer.body()).isEqualTo(204);
        }
    }

    @Test
    void keepsWhatHappenedBeforeAnErasureOutWhateverOtherIdComesWithIt() {
        var person = "gone-" + run;
        var card = "card-" + run;
        var early = Instant.now().minusSeconds(600);
        send(track(null, person, "Product Viewed"));
        forget("userId=" + person);

        var late = client.post("/v1/batch", Events.batch(Events.at(early, withCard(card, person, "Order Completed"))));
        assertThat(late.json().at("/refused/0/code").asText()).as(late.body()).isEqualTo("erased");
        var places = List.of(
                VisitorKey.of(new Identity(IdKind.CARD, card)).text(),
                VisitorKey.of(new Identity(IdKind.USER, person)).text());
        assertThat(dump().keySet())
                .noneMatch(key -> !key.contains(":gone:") && places.stream().anyMatch(key::contains));

        send(withCard(card, person, "Product Viewed"));
        var again = client.post("/v1/batch", Events.batch(Events.at(early, withCard(card, person, "Order Completed"))));
        assertThat(again.json().at("/refused/0/code").asText()).as(again.body()).isEqualTo("erased");
        var alone = client.post("/v1/batch", Events.batch(Events.at(early, track(null, person, "Order Completed"))));
        assertThat(alone.json().at("/refused/0/code").asText()).as(alone.body()).isEqualTo("erased");
        assertThat(known("userId=" + person).path("events").asInt()).isEqualTo(1);
        forget("userId=" + person);
    }

    private ObjectNode withCard(String card, String person, String name) {
        var event = track(null, person, name);
        event.withObject("/context")
                .putArray("externalIds")
                .addObject()
                .put("type", "card")
                .put("id", card);
        return event;
    }

    @Test
    void leavesNoTraceOfSomebodyWithThreeHundredBrowsers() {
        var person = MARK + "-many-" + run;
        var places = new ArrayList<String>();
        for (int i = 0; i < BROWSERS; i++) {
            var browser =
                    "%s-%03d-%s".formatted(MARK, i, UUID.randomUUID().toString().substring(9) + run);
            places.add(VisitorKey.of(new Identity(IdKind.ANONYMOUS, browser)).text());
            if (i % 3 == 0) {
                send(track(browser, null, "Product Viewed"), track(browser, person, "Product Added"));
            } else {
                send(track(browser, person, "Product Viewed"), track(browser, null, "Product Viewed"));
            }
        }
        var visitor = known("userId=" + person);
        assertThat(visitor.path("events").asInt()).isEqualTo(2 * BROWSERS);
        assertThat(visitor.at("/facts/productViews").asInt()).isEqualTo(Math.min(100, BROWSERS * 5 / 3));
        assertThat(visitor.path("limits").toString()).isEqualTo("[\"ids-fused\"]");
        assertThat(visitor.path("ids").size()).isLessThanOrEqualTo(20);
        assertThat(stateSize(visitor)).isLessThanOrEqualTo(8_192);
        var export = export("userId=" + person);
        assertThat(export.path("events")).hasSizeGreaterThan(BROWSERS);
        assertThat(export.at("/visitor/ids").size() + export.path("fusedIds").size())
                .isEqualTo(BROWSERS + 1);

        forget("userId=" + person);

        var after = dump();
        assertThat(after.toString()).doesNotContain(run);
        assertThat(after.keySet()).noneMatch(key -> places.stream().anyMatch(key::contains) && !key.contains(":gone:"));
    }

    @Test
    void browsersThatWentToSomebodyElseStayThereHoweverManyTheyAre() {
        var first = MARK + "-first-" + run;
        var second = "second-" + run;
        var browsers =
                IntStream.range(0, 60).mapToObj(i -> "shared-" + i + "-" + run).toList();
        var early = Instant.now().minusSeconds(60);
        for (var browser : browsers) {
            send(track(browser, null, "Product Viewed"), Events.at(early, track(browser, first, "Product Viewed")));
        }
        for (var browser : browsers) {
            send(track(browser, second, "Product Viewed"));
        }

        var theirs = known("userId=" + second).path("id");
        assertThat(known("userId=" + first).path("ids").size()).isLessThanOrEqualTo(20);
        assertThat(known("userId=" + first).path("events").asInt()).isEqualTo(2 * browsers.size());
        assertThat(export("userId=" + first).path("handOvers").size()).isEqualTo(browsers.size());
        assertThat(stateSize(known("userId=" + first))).isLessThanOrEqualTo(8_192);
        send(Events.at(early, track(browsers.get(0), first, "Product Viewed")));
        for (var browser : browsers) {
            assertThat(known("anonymousId=" + browser).path("id")).as(browser).isEqualTo(theirs);
        }

        forget("userId=" + first);

        assertThat(dump().toString()).doesNotContain(first);
        for (var browser : browsers) {
            assertThat(known("anonymousId=" + browser).path("id")).as(browser).isEqualTo(theirs);
        }
        forget("userId=" + second);
        assertThat(dump().toString()).doesNotContain(run);
    }

    private static long stateSize(JsonNode visitor) {
        return service.redis(redis -> redis.sync()
                .strlen(Service.keys(redis, "*:v:" + visitor.path("id").asText())
                        .get(0)));
    }

    @Test
    void keepsNothingOfWhoeverSaysNo() {
        var device = "no-" + run;
        var no = track(device, null, "Product Added");
        no.withObject("/context/consent").put("personalization_storage", "denied");
        send(track(device, null, "Product Viewed"));

        send(no);

        assertThat(client.get("/v1/visitors?anonymousId=" + device).status()).isEqualTo(404);
        var decision = client.post("/v1/decisions", Events.question(device, null, "home"));
        assertThat(decision.json().at("/decisions/0/offer").asText()).isNotBlank();
        assertThat(dump().values().toString()).doesNotContain(device);
    }

    @Test
    void aBrowserThatAsksNotToBeFollowedDeniesAdvertising() {
        var device = "gpc-" + run;

        var body = Events.batch(track(device, null, "Product Viewed")).toString();
        client.send(client.request("/v1/batch")
                .header("Sec-GPC", "1")
                .POST(BodyPublishers.ofString(body))
                .build());

        var consents = known("anonymousId=" + device).path("consents");
        assertThat(consents.at("/ad_personalization/status").asText()).isEqualTo("denied");
        assertThat(consents.at("/ad_user_data/status").asText()).isEqualTo("denied");
        client.delete(
                "/v1/visitors/" + known("anonymousId=" + device).path("id").asText());
    }

    private ObjectNode track(@Nullable String device, @Nullable String user, String event) {
        var track = Events.track(MARK + run + UUID.randomUUID(), device, user, event);
        track.withObject("/context/consent").put("personalization_storage", "granted");
        return track;
    }

    private ObjectNode traits(String user) {
        var identify = Events.identify(MARK + run + UUID.randomUUID(), null, user);
        identify.withObject("/traits")
                .put("lastName", "Rossi")
                .withObject("/address")
                .put("country", "IT");
        identify.withObject("/context/consent").put("personalization_storage", "granted");
        return identify;
    }

    private void send(ObjectNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private JsonNode known(String query) {
        var answer = client.get("/v1/visitors?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    /** Every key with all that is in it, as text. */
    private static Map<String, String> dump() {
        return service.redis(connection -> {
            var all = new TreeMap<String, String>();
            for (var key : Service.keys(connection, "*")) {
                if (!key.contains(":pack:")) {
                    all.put(key, content(connection, key));
                }
            }
            return all;
        });
    }

    private static String content(StatefulRedisConnection<String, String> connection, String key) {
        var redis = connection.sync();
        return switch (redis.type(key)) {
            case "string" -> redis.get(key);
            case "hash" -> redis.hgetall(key).toString();
            case "zset" -> redis.zrange(key, 0, -1).toString();
            case "list" -> redis.lrange(key, 0, -1).toString();
            case "set" -> redis.smembers(key).toString();
            case "stream" -> redis.xrange(key, Range.unbounded()).toString();
            default -> "";
        };
    }
}
