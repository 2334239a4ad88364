package io.tappa.api.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Service;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about consents, by whom it may be said, and what a browser says by itself. */
@Timeout(120)
class ConsentTest {
    private static ConsentPack pack;
    private static Service service;

    private final Client client = service.client();
    private final String device = "d-" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void start() throws IOException {
        pack = new ConsentPack("granted");
        service = pack.start();
    }

    @AfterAll
    static void stop() {
        service.close();
        pack.close();
    }

    @Test
    void theBrowsersOwnWordBeatsTheBanners() {
        var event = track();
        event.withObject("/context/consent")
                .put("ad_personalization", "granted")
                .withObject("/categoryPreferences")
                .put("ad_personalization", true);

        privately("/v1/batch", Events.batch(event).toString());

        assertThat(fact("ads")).isEqualTo("denied");
    }

    @Test
    void theBrowsersOwnWordHoldsUntilSomethingElseIsSaidWithoutIt() {
        privately("/v1/batch", Events.batch(track()).toString());
        send(track());
        assertThat(fact("ads")).isEqualTo("denied");

        privately("/v1/batch", Events.batch(saying("granted")).toString());
        assertThat(fact("ads")).isEqualTo("denied");

        send(saying("granted"));
        assertThat(fact("ads")).isEqualTo("granted");
    }

    @Test
    void aDecisionHearsTheBrowserInThatVeryCallAndStoresNothingOfIt() {
        send(saying("granted"));
        assertThat(shown(ask("{}"))).isEqualTo("ads");

        assertThat(shown(privately("/v1/decisions", question().toString()))).isEqualTo("no-ads");

        assertThat(fact("ads")).isEqualTo("granted");
        assertThat(shown(ask("{}"))).isEqualTo("ads");
        assertThat(shown(ask("{\"Sec-GPC\":\"1\"}"))).isEqualTo("no-ads");
    }

    @Test
    void eventsWithinADecisionAreHeardAndStored() {
        var question = question();
        question.putArray("events").add(saying("granted"));

        assertThat(shown(privately("/v1/decisions", question.toString()))).isEqualTo("no-ads");

        assertThat(fact("ads")).isEqualTo("denied");
    }

    @Test
    void theStricterWordCountsAlsoWhereAnOldEventJoinsTwo() {
        var person = "p-" + device;
        var laptop = Events.track(UUID.randomUUID().toString(), "laptop-" + device, person, "Product Viewed");
        laptop.withObject("/context/consent").put("ad_personalization", "granted");
        send(saying("denied"));
        send(laptop);

        var old = Events.track(UUID.randomUUID().toString(), device, person, "Product Viewed");
        send(Events.at(Instant.now().minus(Duration.ofDays(1)), old));

        assertThat(known().path("events").asInt()).isEqualTo(3);
        assertThat(fact("ads")).isEqualTo("denied");
        send(saying("granted"));
        assertThat(fact("ads")).isEqualTo("granted");
    }

    @Test
    void cloudEventsOfABrowserAreHeard() {
        var event = """
                {"specversion":"1.0","id":"%s","source":"/shop","type":"product.viewed","subject":"anonymousId:%s"}""".formatted(UUID.randomUUID(), device);

        var answer = client.send(client.request("/v1/events")
                .header("Sec-GPC", "1")
                .header("Content-Type", "application/cloudevents+json")
                .POST(BodyPublishers.ofString(event))
                .build());

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(known().at("/consents/ad_user_data/status").asText()).isEqualTo("denied");
    }

    @Test
    void aBrowserIsTheSiteWhateverItCallsItself() {
        var byCrm = Events.identify(UUID.randomUUID().toString(), device, null);
        byCrm.withObject("/traits").put("language", "it");
        byCrm.withObject("/context").put("source", "crm");
        var consent = updated("ad_personalization", "", "granted");
        consent.withObject("/properties").put("source", "notary").put("proof", "banner 7");

        client.with("pk_demo").post("/v1/batch", Events.batch(byCrm, consent));

        assertThat(known().at("/attributes/language/source").asText()).isEqualTo("site");
        assertThat(known().at("/consents/ad_personalization/source").asText()).isEqualTo("site");
        send(byCrm.put("messageId", "second"), consent.put("messageId", "third"));
        assertThat(known().at("/attributes/language/source").asText()).isEqualTo("crm");
        assertThat(known().at("/consents/ad_personalization/source").asText()).isEqualTo("notary");
    }

    @Test
    void aBrowserIsTheSiteInEventsWithinADecision() {
        var byCrm = Events.identify(UUID.randomUUID().toString(), device, null);
        byCrm.withObject("/traits").put("language", "it");
        byCrm.withObject("/context").put("source", "crm");
        var question = question();
        question.putArray("events").add(byCrm);

        var answer = client.with("pk_demo").post("/v1/decisions", question);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(known().at("/attributes/language/source").asText()).isEqualTo("site");
    }

    @Test
    void aPurposeMayBeAnsweredApartForOneChannel() {
        send(saying("granted"));

        send(updated("ad_personalization", "email", "denied"), updated("email", "email", "granted"));

        assertThat(fact("ads")).isEqualTo("granted");
        assertThat(fact("adsMail")).isEqualTo("denied");
        assertThat(fact("mail")).isEqualTo("granted");
        assertThat(known().at("/consents/ad_personalization for email/status").asText())
                .isEqualTo("denied");
    }

    @ParameterizedTest
    @CsvSource({
        "marketing, email, denied, unknown-purpose, Did you mean \"email\"?",
        "e-mail, '', denied, unknown-purpose, Did you mean \"email\"?",
        "'', '', denied, unknown-purpose, The purposes are",
        "email, push, denied, unknown-channel, Leave the channel out",
        "analytics_storage, email, denied, unknown-channel, Leave the channel out",
        "ad_personalization, e-mail, denied, unknown-channel, Did you mean \"email\"?",
        "email, '', revoked, unknown-status, granted"
    })
    void whatNobodyUnderstandsIsRefusedAndNotLost(
            String purpose, String channel, String status, String code, String cure) {
        var answer = client.post("/v1/batch", Events.batch(updated(purpose, channel, status)));

        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isZero();
        assertThat(answer.json().at("/refused/0/code").asText()).isEqualTo(code);
        assertThat(answer.json().at("/refused/0/cure").asText()).contains(cure);
    }

    @Test
    void importedConsentsAreReadByPurposeAndChannel() {
        var rows = """
                anonymousId,Purpose,Channel,Status,Proof,at
                %1$s,ad_personalization,email,denied,form-1,2026-01-10T12:00:00Z
                %1$s,EMAIL,email,granted,form-2,2026-01-10T12:00:00Z
                %1$s,marketing,email,denied,form-3,2026-01-10T12:00:00Z
                """.formatted(device);

        var answer = client.send(client.request("/v1/data/consents?source=crm")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(rows))
                .build());

        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(2);
        assertThat(answer.json().at("/refusedLines/0/line").asInt()).isEqualTo(4);
        assertThat(answer.json().at("/refusedLines/0/code").asText()).isEqualTo("unknown-purpose");
        assertThat(fact("adsMail")).isEqualTo("denied");
        assertThat(known().at("/consents/email/source").asText()).isEqualTo("crm");
        assertThat(known().at("/consents/email/proof").asText()).isEqualTo("form-2");
    }

    private ObjectNode track() {
        return Events.track(UUID.randomUUID().toString(), device, null, "Product Viewed");
    }

    private ObjectNode saying(String ads) {
        var event = track();
        event.withObject("/context/consent").put("ad_personalization", ads);
        return event;
    }

    private ObjectNode updated(String purpose, String channel, String status) {
        var event = Events.track(UUID.randomUUID().toString(), device, null, "Consent Updated");
        event.withObject("/properties")
                .put("purpose", purpose)
                .put("channel", channel)
                .put("status", status);
        return event;
    }

    private ObjectNode question() {
        return Events.question(device, null, "home");
    }

    private Answer ask(String context) {
        return client.post("/v1/decisions", question().toString().replaceFirst("\\{", "{\"context\":" + context + ","));
    }

    private Answer privately(String path, String body) {
        var answer = client.send(client.request(path)
                .header("Sec-GPC", "1")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private void send(ObjectNode... events) {
        var answer = client.post("/v1/batch", Events.batch(events));
        assertThat(answer.json().path("accepted").asInt()).as(answer.body()).isEqualTo(events.length);
    }

    private static String shown(Answer answer) {
        return answer.json().at("/decisions/0/offer").asText();
    }

    private JsonNode known() {
        return client.get("/v1/visitors?anonymousId=" + device).json();
    }

    private String fact(String name) {
        return known().at("/facts/" + name).asText();
    }
}
