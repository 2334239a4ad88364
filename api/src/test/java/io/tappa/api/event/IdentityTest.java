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
    void joinsADeviceWithAHistoryToAKnownUser() {
        long before = visitors();
        accepted(view("d1", "u"), view("d1", "u"), view("d1", "u"));
        accepted(view("d2", null), Events.track(messageId(), id("d2"), null, "Product Added"));
        assertThat(visitors() - before).isEqualTo(2);

        accepted(view("d2", "u"));

        var person = known("userId", "u");
        assertThat(person.path("events").asInt()).isEqualTo(6);
        assertThat(person.at("/journeys/shop/stage").asText()).isEqualTo("intention");
        assertThat(known("anonymousId", "d1")).isEqualTo(person);
        assertThat(known("anonymousId", "d2")).isEqualTo(person);
        assertThat(person.path("ids")).hasSize(3);
        assertThat(visitors() - before).isEqualTo(1);
    }

    @Test
    void letsABrowserGoOverToWhoeverSignedInLast() {
        accepted(view("d", "one"), view("d", null));
        var one = known("userId", "one");

        accepted(view("d", "two"), view("d", null), view("d", null));

        assertThat(known("userId", "one").path("facts")).isEqualTo(one.path("facts"));
        assertThat(known("userId", "one").path("events").asInt()).isEqualTo(2);
        assertThat(known("userId", "two").path("events").asInt()).isEqualTo(3);
        assertThat(known("anonymousId", "d")).isEqualTo(known("userId", "two"));
        accepted(view("d", "one"), view("d", null));
        assertThat(known("userId", "one").path("events").asInt()).isEqualTo(4);
        assertThat(known("anonymousId", "d")).isEqualTo(known("userId", "one"));
    }

    @Test
    void doesNotLetABrowserGoBackForASignInThatArrivesLate() {
        var morning = Instant.now().minusSeconds(3600);
        accepted(Events.at(morning, view("d", "one")));
        accepted(Events.at(morning.plusSeconds(60), view("d", "two")));

        accepted(Events.at(morning.plusSeconds(30), view("d", "one")));

        assertThat(known("userId", "one").path("events").asInt()).isEqualTo(2);
        accepted(view("d", null));
        assertThat(known("userId", "two").path("events").asInt()).isEqualTo(2);
    }

    @Test
    void decidesForThePersonWhoSignedInWhenTheDeviceIsAnothers() {
        accepted(view("a1", "u1"), view("a2", "u2"));
        var question = Events.question(id("a2"), id("u1"), "cart");
        question.putArray("events").add(Events.track(messageId(), null, null, "Product Added"));

        var answer = client.post("/v1/decisions", question);

        assertThat(answer.json().at("/visitor/journeys/shop/stage").asText()).isEqualTo("intention");
        assertThat(known("userId", "u1").at("/journeys/shop/stage").asText()).isEqualTo("intention");
        assertThat(known("userId", "u2").at("/journeys/shop/stage").asText()).isEqualTo("awareness");
        assertThat(known("userId", "u2").path("events").asInt()).isEqualTo(1);
    }

    @Test
    void leavesADeviceWithOneOfTwoUsersWhoClaimItAtOnce() {
        for (int race = 0; race < RACES; race++) {
            var device = "a" + race;
            var users = List.of("u" + race, "v" + race);
            int anonymous = race % 2;
            if (anonymous == 1) {
                accepted(view(device, null));
            }

            var answers = Client.atOnce(
                    users,
                    user -> client.posted(
                            "/v1/identify",
                            Events.identify(messageId(), id(device), id(user)).toString()));

            assertThat(answers).allMatch(answer -> answer.status() == 200);
            var owner = known("anonymousId", device);
            var people = users.stream().map(user -> known("userId", user)).toList();
            assertThat(people).contains(owner);
            assertThat(people.stream()
                            .mapToInt(person -> person.path("events").asInt())
                            .sum())
                    .isEqualTo(2 + anonymous);
            assertThat(people.get(0).path("id")).isNotEqualTo(people.get(1).path("id"));
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
