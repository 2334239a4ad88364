package io.tappa.api.survey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Service;
import io.tappa.api.pack.ShopCopy;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Webhooks and exports as survey tools send them, to the real service. */
@Timeout(120)
class SurveysTest {
    private static final String SURVEYS = """
            surveys:
              typeform:
                kind: nps
                score: form_response.answers[field.ref=recommend].number
                touchpoint: { from: form_response.hidden.where }
                userId: form_response.hidden.user_id
                at: form_response.submitted_at
                id: form_response.token
                comment: form_response.answers[field.ref=why].text
              monkey:
                kind: csat
                score: pages.0.questions.0.answers.0.text
                scores: { very satisfied: 5, satisfied: 4, so so: 3, dissatisfied: 2, very dissatisfied: 1 }
                touchpoint: till
                email: recipient.email
                userId: custom_variables.customer
                at: date_modified
                id: id
              table:
                kind: { from: Survey }
                score: How likely are you to recommend us?
                userId: Customer
                at: Date
                id: Response ID
            """;

    private static ShopCopy shop;
    private static Service service;
    private static Client client;

    private final String person = "p-" + UUID.randomUUID();

    @BeforeAll
    static void start() {
        shop = new ShopCopy();
        shop.write("surveys.yaml", SURVEYS);
        service = Service.start(shop.setting());
        client = service.client();
    }

    @AfterAll
    static void stop() {
        service.close();
        shop.close();
    }

    @Test
    void readsAFormWhoseAnswersCarryTheRefOfTheirQuestion() {
        var form = form(9, "{\"type\":\"text\",\"text\":\"Nice\",\"field\":{\"ref\":\"why\"}}");

        var first = client.post("/v1/surveys/typeform", form);
        var again = client.post("/v1/surveys/typeform", form);

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(first.json().path("accepted").asInt()).isEqualTo(1);
        assertThat(again.json().path("duplicates").asInt()).isEqualTo(1);
        assertThat(visitor().at("/facts/nps").asInt()).isEqualTo(9);
        var answers = client.get("/v1/answers?kind=nps&touchpoint=till").json();
        assertThat(answers.at("/answers/0/scores/9").asInt()).isPositive();
    }

    @Test
    void readsResponsesInWordsOneByOneOrInAList() {
        var good = response("1-" + person, "Very satisfied");

        var list =
                client.post("/v1/surveys/monkey", "[%s,%s,%s]".formatted(good, good, response("2-" + person, "Meh")));

        assertThat(list.json().path("accepted").asInt()).as(list.body()).isEqualTo(1);
        assertThat(list.json().path("duplicates").asInt()).isEqualTo(1);
        var refused = list.json().at("/refused/0");
        assertThat(refused.path("index").asInt()).isEqualTo(2);
        assertThat(refused.path("pointer").asText()).isEqualTo("/2/pages.0.questions.0.answers.0.text");
        assertThat(refused.path("cure").asText()).contains("from 1 to 5").contains("\"scores\"");
        assertThat(visitor().at("/facts/csat").asInt()).isEqualTo(5);
        assertThat(client.get("/v1/visitors?email=" + person + "@shop.example").status())
                .isEqualTo(200);
    }

    @Test
    void readsATableWithTheColumnsOfItsExport() {
        var csv = """
                Response ID,Date,Customer,Survey,How likely are you to recommend us?
                r1-%1$s,%2$s,%1$s,nps,8
                r2-%1$s,%2$s,%1$s,CSAT,2
                r3-%1$s,%2$s,%1$s,nps,11
                r4-%1$s,%2$s,%1$s,mood,3
                r5-%1$s,%2$s,%1$s,nps,
                r6-%1$s,%2$s,,nps,3
                r7-%1$s,long ago,%1$s,nps,3
                """.formatted(person, Instant.now());

        var first = imported("table", csv);
        var again = imported("table", csv);

        assertThat(first.json().path("accepted").asInt()).as(first.body()).isEqualTo(2);
        assertThat(first.json().path("refusedLines"))
                .extracting(line ->
                        line.path("line").asInt() + " " + line.path("what").asText())
                .containsExactly(
                        "4 This is no score of nps.",
                        "5 There is no survey of this kind.",
                        "6 The answer has no score there.",
                        "7 Nothing says whose answer it is.",
                        "8 This is no time.");
        assertThat(again.json().path("duplicates").asInt()).isEqualTo(2);
        assertThat(visitor().at("/facts/nps").asInt()).isEqualTo(8);
        assertThat(visitor().at("/facts/csat").asInt()).isEqualTo(2);
    }

    @Test
    void saysWhyAnAnswerIsRefused() {
        var noScore = client.post("/v1/surveys/typeform", "{\"form_response\":{\"hidden\":{\"user_id\":\"u\"}}}");
        assertThat(noScore.status()).isEqualTo(400);
        assertThat(noScore.json().at("/errors/0/pointer").asText())
                .isEqualTo("/form_response.answers[field.ref=recommend].number");
        assertThat(client.post("/v1/surveys/typeform", form(11, "{}")).status()).isEqualTo(400);
        assertThat(client.post("/v1/surveys/typeform", "7").status()).isEqualTo(400);
        assertThat(client.post("/v1/surveys/typeform", "").code()).isEqualTo("bad-json");

        var unknown = client.post("/v1/surveys/typefrom", "{}");

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("unknown-survey");
        assertThat(unknown.body()).contains("Did you mean \\\"typeform\\\"?");
        assertThat(imported("tabel", "Customer\n1\n").code()).isEqualTo("unknown-survey");
        assertThat(client.with("pk_demo").post("/v1/surveys/typeform", "{}").status())
                .isEqualTo(403);
        assertThat(client.post("/v1/data/people?survey=table", "").status()).isEqualTo(415);
    }

    private String form(int score, String more) {
        return """
                {"event_id":"e-%s","event_type":"form_response","form_response":{"form_id":"lT4Z3j","token":"t-%s",
                 "submitted_at":"%s","hidden":{"user_id":"%s","where":"till"},
                 "answers":[%s,{"type":"number","number":%d,"field":{"id":"DlXFaesGBpoF","type":"opinion_scale","ref":"recommend"}}]}}
                """.formatted(person, person, Instant.now(), person, more, score);
    }

    private String response(String id, String text) {
        return """
                {"id":"%s","date_modified":%d,"recipient":{"email":"%s@shop.example"},"custom_variables":{"customer":"%s"},
                 "pages":[{"id":"1","questions":[{"id":"7","answers":[{"choice_id":"3","text":"%s"}]}]}]}
                """.formatted(id, Instant.now().getEpochSecond(), person, person, text);
    }

    private static Answer imported(String survey, String csv) {
        return client.send(client.request("/v1/data/events?survey=" + survey)
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build());
    }

    private JsonNode visitor() {
        return client.get("/v1/visitors?userId=" + person).json();
    }
}
