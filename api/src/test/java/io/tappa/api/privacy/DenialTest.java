package io.tappa.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who said no is not asked again by silence, whatever the pack says about those who said nothing. */
@Timeout(120)
class DenialTest {
    private static final String STORAGE = "personalization_storage";
    private static final List<AutoCloseable> OPEN = new ArrayList<>();
    private static Client granted;
    private static Client session;

    private final String run = UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() throws IOException {
        granted = start("granted").client();
        session = start("session").client();
    }

    private static Service start(String missing) throws IOException {
        var pack = new ConsentPack(missing);
        var service = pack.start();
        OPEN.add(service);
        OPEN.add(pack);
        return service;
    }

    @AfterAll
    static void stop() throws Exception {
        for (var open : OPEN) {
            open.close();
        }
    }

    private static Client where(String missing) {
        return missing.equals("granted") ? granted : session;
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "session"})
    void holdsThoughLaterEventsSayNothing(String missing) {
        var client = where(missing);
        var device = "denied-" + run;
        send(client, saying(track(device, null), STORAGE, "denied"));

        send(client, track(device, null));
        send(client, track(device, null), track(device, null));

        assertThat(status(client, "anonymousId=" + device)).isEqualTo(404);
        assertThat(client.get("/v1/journeys/visit/stages").json().toString()).doesNotContain("-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "session"})
    void holdsForEveryIdThatLedToWhoeverSaidIt(String missing) {
        var client = where(missing);
        var phone = "phone-" + run;
        var laptop = "laptop-" + run;
        var person = "person-" + run;
        send(client, saying(track(laptop, null), STORAGE, "granted"));
        send(client, track(laptop, person));
        send(client, track(phone, person));
        assertThat(status(client, "anonymousId=" + phone)).isEqualTo(200);

        send(client, saying(track(phone, null), STORAGE, "denied"));

        for (var event : List.of(
                track(phone, null),
                track(laptop, null),
                track(null, person),
                track("tablet-" + run, person),
                track(laptop, person))) {
            send(client, event);
            for (var query : List.of("anonymousId=" + phone, "anonymousId=" + laptop, "userId=" + person)) {
                assertThat(status(client, query))
                        .as("%s after %s", query, event)
                        .isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "session"})
    void endsWithALaterYesWhichBeginsANewStory(String missing) {
        var client = where(missing);
        var device = "again-" + run;
        send(client, track(device, null));
        var no = saying(saying(track(device, null), STORAGE, "denied"), "email", "denied");
        send(client, no);

        send(client, saying(track(device, null), STORAGE, "granted"));
        send(client, track(device, null));

        var known = known(client, "anonymousId=" + device);
        assertThat(known.path("events").asInt()).isEqualTo(2);
        assertThat(known.at("/facts/mail").asText()).isEqualTo("denied");
        assertThat(known.at("/consents/email/status").asText()).isEqualTo("denied");
        assertThat(known.at("/consents/" + STORAGE + "/status").asText()).isEqualTo("granted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "session"})
    void leavesTheNextDecisionOnlyWithItsRequest(String missing) {
        var client = where(missing);
        var device = "decided-" + run;
        send(client, saying(track(device, null), "ad_personalization", "granted"));
        assertThat(shown(client, device)).isEqualTo("ads");

        send(client, saying(saying(track(device, null), STORAGE, "denied"), "ad_personalization", "denied"));

        assertThat(shown(client, device)).isEqualTo("no-ads");
        assertThat(status(client, "anonymousId=" + device)).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"granted", "session"})
    void joinsWithAnotherIdAsTheStricterWord(String missing) {
        var client = where(missing);
        var person = "known-" + run;
        send(client, saying(track("mine-" + run, person), STORAGE, "granted"));
        send(client, saying(track("other-" + run, null), STORAGE, "denied"));

        send(client, track("other-" + run, person));

        assertThat(status(client, "userId=" + person)).isEqualTo(404);
        send(client, saying(track("other-" + run, person), STORAGE, "granted"));
        assertThat(known(client, "userId=" + person).path("events").asInt()).isEqualTo(1);
    }

    private static ObjectNode track(@Nullable String device, @Nullable String user) {
        return Events.track(UUID.randomUUID().toString(), device, user, "Product Viewed");
    }

    private static ObjectNode saying(ObjectNode event, String purpose, String status) {
        event.withObject("/context/consent").put(purpose, status);
        return event;
    }

    private static void send(Client client, ObjectNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private static int status(Client client, String query) {
        return client.get("/v1/visitors?" + query).status();
    }

    private static JsonNode known(Client client, String query) {
        var answer = client.get("/v1/visitors?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static String shown(Client client, String device) {
        var answer = client.post("/v1/decisions", Events.question(device, null, "home"));
        return answer.json().at("/decisions/0/offer").asText();
    }
}
