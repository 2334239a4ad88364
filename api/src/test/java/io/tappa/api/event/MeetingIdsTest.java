package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several ids in one event: who they lead to then, and what comes along. */
@Timeout(120)
@ExtendWith(SharedService.class)
class MeetingIdsTest {
    private final Client client;
    private final Instant soon = Instant.now().plusSeconds(60);
    private final String run = UUID.randomUUID().toString();

    MeetingIdsTest(Service service) {
        this.client = service.client();
    }

    @Test
    void makesOneVisitorOfThreeWhoMeetInOneCall() {
        for (int round = 0; round < 5; round++) {
            var user = "user" + round;
            var card = "card" + round;
            var browser = "browser" + round;
            sent(view(null, user), external("card", card, view(null, null)), view(browser, null));

            var answer = client.post("/v1/track", external("card", card, view(browser, user)));

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            var person = known("userId", user);
            assertThat(person.path("events").asInt()).isEqualTo(4);
            assertThat(known("card", card)).isEqualTo(person);
            assertThat(known("anonymousId", browser)).isEqualTo(person);
        }
    }

    @Test
    void makesOneVisitorOfFiveWhoMeetInOneCall() {
        sent(
                view(null, "u"),
                external("card", "c", view(null, null)),
                external("email", "e@x.example", view(null, null)),
                external("device", "d", view(null, null)),
                view("a", null));
        var all = external("card", "c", view("a", "u"));
        external("device", "d", external("email", "e@x.example", all));

        var answer = client.post("/v1/track", all);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(known("userId", "u").path("events").asInt()).isEqualTo(6);
        assertThat(known("device", "d")).isEqualTo(known("userId", "u"));
    }

    @Test
    void whatABrowserWasShownBeforeItsFirstEventCountsAfterTheSignIn() {
        sent(view(null, "known"));
        assertThat(sidebar("new", null)).isEqualTo("newsletter-signup");
        assertThat(sidebar("new", null)).isEqualTo("newsletter-signup");
        assertThat(sidebar("new", null)).isEqualTo("newsletter-signup");

        sent(view("new", "known"));

        assertThat(sidebar("new", "known")).isEqualTo("bestsellers");
        assertThat(sidebar(null, "known")).isEqualTo("bestsellers");
        assertThat(known("anonymousId", "new")).isEqualTo(known("userId", "known"));
        assertThat(known("userId", "known").path("events").asInt()).isEqualTo(2);
    }

    @Test
    void whatABrowserAndAPersonWereShownBeforeTheirFirstEventsAddsUp() {
        assertThat(sidebar("shown", null)).isEqualTo("newsletter-signup");
        assertThat(sidebar(null, "guest")).isEqualTo("newsletter-signup");
        assertThat(sidebar(null, "guest")).isEqualTo("newsletter-signup");

        sent(view("shown", "guest"));

        assertThat(sidebar("shown", null)).isEqualTo("bestsellers");
        assertThat(known("userId", "guest").path("events").asInt()).isEqualTo(1);
    }

    @Test
    void whatTwoVisitorsWereShownAddsUpWhenTheyBecomeOne() {
        sent(view("tab", null), view(null, "reader"));
        assertThat(sidebar("tab", null)).isEqualTo("newsletter-signup");
        assertThat(sidebar("tab", null)).isEqualTo("newsletter-signup");
        assertThat(sidebar(null, "reader")).isEqualTo("newsletter-signup");

        sent(view("tab", "reader"));

        assertThat(sidebar("tab", null)).isEqualTo("bestsellers");
    }

    @Test
    void staysOneOrTwoPeopleHoweverOftenTwoIdsAreAliasesOfEachOther() {
        sent(view("left", null), view(null, "left"), view("right", null), view(null, "right"));

        for (int round = 0; round < 20; round++) {
            var answer = client.post("/v1/alias", round % 2 == 0 ? alias("left", "right") : alias("right", "left"));
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }

        var people = List.of(
                known("userId", "left"),
                known("userId", "right"),
                known("anonymousId", "left"),
                known("anonymousId", "right"));
        assertThat(people.stream().map(person -> person.path("id")).distinct()).hasSizeLessThanOrEqualTo(2);
        assertThat(people.stream()
                        .distinct()
                        .mapToInt(person -> person.path("events").asInt())
                        .sum())
                .isEqualTo(24);
    }

    @Test
    void anAliasJoinsWhatAKnownPersonDidBefore() {
        sent(view("before", null), view("before", null), view(null, "after"));

        sent(alias("before", "after"));
        sent(alias("before", "after"));

        var person = known("userId", "after");
        assertThat(person.path("events").asInt()).isEqualTo(5);
        assertThat(known("anonymousId", "before")).isEqualTo(person);
        assertThat(client.get("/v1/visitors/" + person.path("id").asText() + "/merges")
                        .json()
                        .path("merges"))
                .hasSize(1);
    }

    @Test
    void aPersonIsNoAliasOfThemselves() {
        var answer = client.post("/v1/alias", alias("same", "same"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("previousId");
    }

    @Test
    void aDeviceJoinsThePersonWhoIsKnownOnIt() {
        sent(external("device", "phone", view(null, null)), view(null, "owner"));

        sent(external("device", "phone", view(null, "owner")));

        assertThat(known("device", "phone")).isEqualTo(known("userId", "owner"));
        assertThat(known("userId", "owner").path("events").asInt()).isEqualTo(3);
    }

    @Test
    void followsAnIdThroughFortyMerges() {
        var names = IntStream.range(0, 41).mapToObj(i -> "chain" + i).toList();
        sent(names.stream().map(name -> view(name, null)).toArray(ObjectNode[]::new));
        var byKey = names.stream()
                .sorted((one, other) -> key(other).compareTo(key(one)))
                .toList();

        for (int i = 1; i < byKey.size(); i++) {
            sent(external("device", "link" + i, view(byKey.get(i - 1), null)));
            sent(external("device", "link" + i, view(byKey.get(i), null)));
        }

        sent(view(byKey.get(0), null));
        assertThat(known("anonymousId", byKey.get(0))).isEqualTo(known("anonymousId", byKey.get(40)));
        assertThat(known("anonymousId", byKey.get(0)).path("events").asInt()).isEqualTo(41 + 80 + 1);
    }

    private String key(String name) {
        return VisitorKey.of(new Identity(IdKind.ANONYMOUS, run + name)).text();
    }

    private String sidebar(@Nullable String anonymousId, @Nullable String userId) {
        var answer = client.post("/v1/decisions", Events.question(id(anonymousId), id(userId), "home"))
                .json();
        for (var decision : answer.path("decisions")) {
            if (decision.path("placement").asText().endsWith("sidebar")) {
                return decision.path("offer").asText();
            }
        }
        throw new AssertionError(answer);
    }

    private @Nullable String id(@Nullable String name) {
        return name == null ? null : run + name;
    }

    private ObjectNode view(@Nullable String anonymousId, @Nullable String userId) {
        return Events.track(UUID.randomUUID().toString(), id(anonymousId), id(userId), "Product Viewed");
    }

    private ObjectNode external(String type, String name, ObjectNode event) {
        event.withObject("/context")
                .withArray("externalIds")
                .addObject()
                .put("type", type)
                .put("id", run + name);
        return event;
    }

    private ObjectNode alias(String previous, String user) {
        return Events.body("previousId", run + previous)
                .put("userId", run + user)
                .put("messageId", UUID.randomUUID().toString())
                .put("type", "alias");
    }

    private void sent(ObjectNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private JsonNode known(String kind, String name) {
        var answer = client.get("/v1/visitors?" + kind + "=" + run + name + "&at=" + soon);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }
}
