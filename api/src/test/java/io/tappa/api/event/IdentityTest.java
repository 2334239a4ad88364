package io.tappa.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who is who: ids that join, ids that must not, and clients that race. */
@Timeout(120)
@ExtendWith(SharedService.class)
class IdentityTest {
    private static final int RACES = 20;

    private final Client client;
    /** One moment for all looks, so that they can be compared. */
    private final Instant soon = Instant.now().plusSeconds(60);

    private final String run = UUID.randomUUID().toString();

    IdentityTest(Service service) {
        this.client = service.client();
    }

    @Test
    void joinsWhatHappenedBeforeTheSignInToANewUser() {
        long before = visitors();
        accepted(view("a", null), view("a", null));

        accepted(Events.identify(messageId(), id("a"), id("u")));
        accepted(view(null, "u"));
        accepted(view("a", null));

        var user = known("userId", "u");
        assertThat(user.path("events").asInt()).isEqualTo(5);
        assertThat(user.at("/facts/productViews").asInt()).isEqualTo(4);
        assertThat(user.at("/journeys/shop/stage").asText()).isEqualTo("consideration");
        assertThat(user.path("ids")).hasSize(2);
        assertThat(known("anonymousId", "a")).isEqualTo(user);
        assertThat(visitors() - before).isEqualTo(1);
    }

    @Test
    void joinsASecondDeviceToAKnownUser() {
        long before = visitors();
        accepted(view("a1", "u"));

        accepted(view("a2", "u"));
        accepted(view("a2", null));

        assertThat(known("anonymousId", "a2")).isEqualTo(known("userId", "u"));
        assertThat(known("userId", "u").at("/journeys/shop/stage").asText()).isEqualTo("consideration");
        assertThat(visitors() - before).isEqualTo(1);
    }

    @Test
    void joinsIdsThatMeetWithinOneBatch() {
        long before = visitors();

        accepted(view("a", null), view(null, "u2"), view("a", "u1"), view(null, "u1"), view("a2", "u1"));

        assertThat(known("anonymousId", "a").path("events").asInt()).isEqualTo(4);
        assertThat(known("anonymousId", "a2")).isEqualTo(known("userId", "u1"));
        assertThat(visitors() - before).isEqualTo(2);
    }

    @Test
    void refusesToMixTwoPeopleAndChangesNeither() {
        accepted(view("a1", "u1"), view("a2", "u2"), view("a3", null));
        var one = known("userId", "u1");
        var two = known("userId", "u2");

        var mixed = client.post("/v1/batch", Events.batch(view("a3", null), view("a1", "u2"), view("a1", "new")));
        var single = client.post("/v1/identify", Events.identify(messageId(), id("a2"), id("u1")));

        assertThat(mixed.status()).isEqualTo(200);
        assertThat(mixed.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(mixed.json().path("refused"))
                .extracting(refusal ->
                        refusal.path("code").asText() + refusal.path("pointer").asText())
                .containsExactly("identity-conflict/batch/1/userId", "identity-conflict/batch/2/userId");
        assertThat(single.status()).isEqualTo(400);
        assertThat(single.code()).isEqualTo("identity-conflict");
        assertThat(single.json().at("/errors/0/pointer").asText()).isEqualTo("/userId");
        assertThat(known("userId", "u1")).isEqualTo(one);
        assertThat(known("userId", "u2")).isEqualTo(two);
        assertThat(look("userId", "new").status()).isEqualTo(404);
    }

    @Test
    void decidesForThePersonWhoSignedInWhenTheDeviceIsAnothers() {
        accepted(view("a1", "u1"), view("a2", "u2"));
        var device = known("anonymousId", "a2");
        var question = Events.question(id("a2"), id("u1"), "cart");
        question.putArray("events").add(Events.track(messageId(), null, null, "Product Added"));

        var answer = client.post("/v1/decisions", question);

        assertThat(answer.json().at("/visitor/journeys/shop/stage").asText()).isEqualTo("intention");
        assertThat(known("anonymousId", "a2")).isEqualTo(device);
        assertThat(known("userId", "u1").path("ids"))
                .isEqualTo(known("anonymousId", "a1").path("ids"));
        assertThat(known("userId", "u1").path("ids").toString()).doesNotContain(id("a2"));
    }

    @Test
    void givesADeviceToOneOfTwoUsersWhoClaimItAtOnce() {
        for (int race = 0; race < RACES; race++) {
            var device = "a" + race;
            var users = List.of("u" + race, "v" + race);
            if (race % 2 == 0) {
                accepted(view(device, null));
            }

            var answers = Client.atOnce(
                    users,
                    user -> client.posted(
                            "/v1/identify",
                            Events.identify(messageId(), id(device), id(user)).toString()));

            var statuses = answers.stream().map(Client.Answer::status).toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 400);
            var winner = users.get(statuses.indexOf(200));
            var loser = users.get(statuses.indexOf(400));
            assertThat(known("anonymousId", device)).isEqualTo(known("userId", winner));
            assertThat(known("userId", winner).path("ids")).hasSize(2);
            assertThat(look("userId", loser).status()).isEqualTo(404);
            accepted(view(null, loser));
            assertThat(known("userId", loser).path("events").asInt()).isEqualTo(1);
        }
    }

    @Test
    void makesOneVisitorOfTwoNewDevicesThatIdentifyAtOnce() {
        long before = visitors();
        for (int race = 0; race < RACES; race++) {
            var user = "w" + race;

            var answers = Client.atOnce(
                    List.of("b" + race, "c" + race),
                    device -> client.posted(
                            "/v1/identify",
                            Events.identify(messageId(), id(device), id(user)).toString()));

            assertThat(answers).allMatch(answer -> answer.status() == 200);
            assertThat(known("userId", user).path("events").asInt()).isEqualTo(2);
            assertThat(known("anonymousId", "b" + race)).isEqualTo(known("anonymousId", "c" + race));
        }
        assertThat(visitors() - before).isEqualTo(RACES);
    }

    @Test
    void countsEveryEventOfOneVisitorWhenSeveralClientsSendAtOnce() {
        var events = IntStream.range(0, 60)
                .mapToObj(i -> view("busy", i % 2 == 0 ? null : "owner"))
                .toList();

        var tries = 0;
        var left = List.copyOf(events);
        while (!left.isEmpty() && tries++ < 60) {
            var sent = left;
            var answers = Client.atOnce(sent, event -> client.posted("/v1/track", event.toString()));
            assertThat(answers).allMatch(answer -> answer.status() == 200 || answer.status() == 503);
            left = IntStream.range(0, sent.size())
                    .filter(i -> answers.get(i).status() == 503)
                    .mapToObj(sent::get)
                    .toList();
        }

        assertThat(left).isEmpty();
        assertThat(known("userId", "owner").path("events").asInt()).isEqualTo(60);
    }

    private String id(String name) {
        return run + name;
    }

    private static String messageId() {
        return UUID.randomUUID().toString();
    }

    private ObjectNode view(@Nullable String anonymousId, @Nullable String userId) {
        return Events.track(
                messageId(),
                anonymousId == null ? null : id(anonymousId),
                userId == null ? null : id(userId),
                "Product Viewed");
    }

    private void accepted(ObjectNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private Client.Answer look(String kind, String name) {
        return client.get("/v1/visitors?" + kind + "=" + id(name) + "&at=" + soon);
    }

    private JsonNode known(String kind, String name) {
        var answer = look(kind, name);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private long visitors() {
        return client.get("/v1/journeys/shop/stages").json().path("visitors").asLong();
    }
}
