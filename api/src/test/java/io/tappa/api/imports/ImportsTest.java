package io.tappa.api.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Events;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of every kind, sent to the real service. */
@Timeout(120)
@ExtendWith(SharedService.class)
class ImportsTest {
    private static final String CSV = "text/csv";

    private final Service service;
    private final Client client;
    private final String id = UUID.randomUUID().toString();

    ImportsTest(Service service) {
        this.service = service;
        this.client = service.client();
    }

    @Test
    void takesPeopleWithTheirTraitsAndCountsThemOnce() {
        var csv =
                "User ID;address.country;loyaltyCard;updatedAt\n%1$s;IT;yes;2026-03-02 10:00\n%1$s-2;DE;no;2026-03-02\n"
                        .formatted(id);

        var first = send("people?source=crm", CSV, csv);
        var again = send("people?source=crm", CSV, csv);

        counts(first, 2, 2, 0, 0);
        counts(again, 2, 0, 2, 0);
        var visitor = visitor("userId", id);
        assertThat(visitor.at("/facts/country").asText()).isEqualTo("IT");
        assertThat(visitor.at("/facts/loyaltyCard").asText()).isEqualTo("yes");
        assertThat(logged(id))
                .contains("\"context.imported\":\"yes\",\"context.source\":\"crm\"", "2026-03-02T09:00:00Z");
    }

    @Test
    void joinsACardToAPersonAndKnowsPeopleByTheirAddress() {
        counts(send("people", CSV, "userId,cardId\n%s,c%s\n".formatted(id, id)), 1, 1, 0, 0);
        counts(send("people", CSV, "email,newsletter\nADA-%s@shop.example,yes\n".formatted(id)), 1, 1, 0, 0);

        var traits = "{\"userId\":\"%s\",\"traits\":{\"address\":{\"country\":\"FR\"}}}".formatted(id);
        counts(send("people", "application/x-ndjson", traits), 1, 1, 0, 0);

        assertThat(visitor("userId", id).at("/facts/country").asText()).isEqualTo("FR");
        assertThat(visitor("card", "c" + id).path("id"))
                .isEqualTo(visitor("userId", id).path("id"));
        assertThat(visitor("email", "ada-%s@shop.example".formatted(id))
                        .at("/facts/newsletter")
                        .asText())
                .isEqualTo("yes");
    }

    @Test
    void takesOrdersOfEveryStatus() {
        var csv = """
                order_id,userId,total,currency,completedAt,status,products
                o-1,%1$s,62.00,EUR,2026-03-01T10:00:00Z,completed,"[{""product_id"":""p-1"",""quantity"":1}]"
                o-2,%1$s,8.50,eur,2026-03-02T10:00:00Z,,
                o-2,%1$s,8.50,EUR,2026-03-03T10:00:00Z,refunded,
                o-3,%1$s,20.00,USD,2026-03-03T10:00:00Z,completed,
                o-4,%1$s,"20,00",EUR,2026-03-03T10:00:00Z,completed,
                o-5,%1$s,20.00,EUR,2026-03-03T10:00:00Z,competed,
                o-6,%1$s,20.00,EUR,2026-03-03T10:00:00Z,completed,p-1
                ,%1$s,20.00,EUR,2026-03-03T10:00:00Z,completed,
                o-7,,20.00,EUR,2026-03-03T10:00:00Z,completed,
                o-8,%1$s,20.00,EUR,yesterday,completed,
                """.formatted(id);

        var answer = send("orders", CSV, csv);

        counts(answer, 10, 3, 0, 7);
        assertThat(answer.json().path("refusedLines"))
                .extracting(line ->
                        line.path("line").asInt() + " " + line.path("code").asText())
                .containsExactly(
                        "5 currency",
                        "6 invalid-field",
                        "7 invalid-field",
                        "8 invalid-field",
                        "9 invalid-field",
                        "10 invalid-field",
                        "11 invalid-field");
        assertThat(answer.json().at("/refusedLines/2/cure").asText()).contains("Did you mean \"completed\"?");
        assertThat(visitor("userId", id).at("/facts/ordersEver").asInt()).isEqualTo(2);
        assertThat(visitor("userId", id).at("/facts/orderTotalEver").asText()).isEqualTo("70.5");
        assertThat(visitor("userId", id).at("/journeys/shop/stage").asText()).isEqualTo("loyalty");
    }

    @Test
    void takesEventsThatTheSiteMayHaveSentAlready() {
        var event = Events.with("score", 9, Events.track("m" + id, null, id, "Survey Answered"));
        client.post("/v1/track", Events.with("kind", "nps", event));
        var lines = """
                {"event":"Survey Answered","userId":"%1$s","messageId":"m%1$s","kind":"nps","score":9}
                {"event":"Survey Answered","userId":"%1$s","timestamp":"2026-03-02T10:00:00Z","properties":{"kind":"csat","score":4}}
                {"userId":"%1$s"}
                nonsense
                """.formatted(id);

        var answer = send("events", "application/x-ndjson", lines);

        counts(answer, 4, 1, 1, 2);
        assertThat(visitor("userId", id).at("/facts/csat").asInt()).isEqualTo(4);
    }

    @Test
    void refusesWhatJsonLinesGetWrong() {
        var lines = """
                {"order_id":"o-1","userId":"%1$s","total":5,"products":[{"product_id":"p-1"}]}
                {"order_id":"o-2","userId":"%1$s","total":5,"products":[7]}
                {"order_id":"o-3","userId":"%1$s","total":[5]}
                {"order_id":"o-4","userId":{},"total":5}
                {"order_id":"o-5","userId":"%1$s","total":5,"completedAt":{}}
                {"order_id":"o-6","userId":"%1$s","total":5,"completedAt":"2999-01-01"}
                {"order_id":"o-7","userId":"%1$s","total":5,"note":"%2$s"}
                """.formatted(id, "x".repeat(40_000));

        var answer = send("orders", "application/x-ndjson", lines);
        var foreign =
                "{\"event\":\"Order Completed\",\"userId\":\"%s\",\"total\":5,\"currency\":\"USD\"}".formatted(id);

        counts(answer, 7, 1, 0, 6);
        assertThat(answer.json().at("/refusedLines/5/code").asText()).isEqualTo("too-large");
        assertThat(answer.body().length()).isLessThan(5_000);
        assertThat(send("events", "application/x-ndjson", foreign)
                        .json()
                        .at("/refusedLines/0/code")
                        .asText())
                .isEqualTo("currency");
        assertThat(logged(id)).contains("\"products.0.product_id\":\"p-1\"");
    }

    @Test
    void takesConsents() {
        var csv = """
                userId,purpose,channel,status,source,proof,at
                %1$s,email,email,granted,form,f-1,2026-01-10T12:00:00Z
                %1$s,email,email,grnted,form,f-1,2026-01-10T12:00:00Z
                %1$s,,email,denied,form,f-1,2026-01-10T12:00:00Z
                """.formatted(id);

        counts(send("consents", CSV, csv), 3, 1, 0, 2);
        assertThat(logged(id)).contains("\"event\":\"Consent Updated\"", "\"status\":\"granted\"", "\"proof\":\"f-1\"");
    }

    @Test
    void notesWhatGotCheaperAndWhatCameBack() {
        var before = "id,price,availability\n%1$s,120.00 EUR,out_of_stock\nx%1$s,10 EUR,in stock\n".formatted(id);
        var after = """
                <rss xmlns:g="http://base.google.com/ns/1.0"><channel>
                <item><g:id>%1$s</g:id><g:price>120.00 EUR</g:price><g:sale_price>99.00 EUR</g:sale_price>
                <g:availability>in_stock</g:availability></item>
                <item><g:id>y%1$s</g:id><g:price>9.00 USD</g:price></item></channel></rss>""".formatted(id);

        counts(send("products", CSV, before), 2, 2, 0, 0);
        counts(send("products", CSV, before), 2, 0, 2, 0);
        counts(send("products", "application/xml", after), 2, 1, 0, 1);

        assertThat(changes())
                .contains(
                        "{product=%s, change=cheaper, before=12000, after=9900}".formatted(id),
                        "{product=%s, change=back, before=out_of_stock, after=in_stock}".formatted(id))
                .noneMatch(change -> change.contains("x" + id));
    }

    @Test
    void keepsSuppressedAddressesAsHashesOnly() {
        var csv =
                "address,channel,reason\nEve-%1$s@Shop.example,email,complaint\neve-%1$s@shop.example,email,\n+39 (06) %2$d,,\nnobody,,\n"
                        .formatted(id, 10_000L + Math.abs((long) id.hashCode()));

        counts(send("suppressions", CSV, csv), 4, 2, 1, 1);
        var members = service.redis(redis -> redis.sync().smembers("tappa:shop:suppressed"));
        assertThat(members).allMatch(member -> member.matches("(email|\\*):[0-9a-f]{64}"));
    }

    @Test
    void saysHowAJobWentAndWhichLinesItRefused() {
        var csv = new StringBuilder("userId,event\n");
        for (int i = 0; i < 1_500; i++) {
            csv.append(i % 5 == 0 ? id : "").append(",Product Viewed\n");
        }

        var answer = send("events?job=" + id, CSV, csv.toString());

        counts(answer, 1_500, 1, 299, 1_200);
        assertThat(answer.json().path("refusedLines")).hasSize(100);
        var job = client.get("/v1/data/jobs/" + id);
        assertThat(job.json()).isEqualTo(answer.json());
        assertThat(job.json().path("state").asText()).isEqualTo("finished");
        assertThat(job.json().path("next").asInt()).isEqualTo(1_502);
        assertThat(client.get("/v1/data/jobs/%s/refused".formatted(id)).body().lines())
                .hasSize(1_200);
        assertThat(client.get("/v1/data/jobs/nobody").status()).isEqualTo(404);
        assertThat(client.get("/v1/data/jobs/no%20body").status()).isEqualTo(400);
    }

    @Test
    void goesOnFromALine() {
        var csv = "userId,event,n\n%1$s,A,1\n%1$s,A,2\n%1$s,A,3\n".formatted(id);

        counts(send("events?from=4", CSV, csv), 1, 1, 0, 0);
        counts(send("events", CSV, csv), 3, 2, 1, 0);
    }

    @Test
    void keepsTheOrderOfOnePersonAcrossBatches() {
        var csv = new StringBuilder("userId,event,timestamp,order_id,total\n");
        for (int i = 0; i < 3_000; i++) {
            csv.append("%s,Product Viewed,2026-03-02T%02d:%02d:%02dZ,,\n".formatted(id, i / 3600, i / 60 % 60, i % 60));
        }
        csv.append("%s,Order Completed,2026-03-02T10:00:00Z,o-1,5\n".formatted(id));

        counts(send("events", CSV, csv.toString()), 3_001, 3_001, 0, 0);

        assertThat(visitor("userId", id).at("/journeys/shop/history"))
                .extracting(entry -> entry.path("stage").asText())
                .containsExactly("awareness", "consideration", "purchase");
    }

    @Test
    void takesLargePackedFiles() throws IOException {
        var csv = new StringBuilder("userId,event,n\n");
        for (int i = 0; i < 5_000; i++) {
            csv.append("%s-%d,Product Viewed,%d\n".formatted(id, i % 500, i));
        }
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(csv.toString().getBytes(StandardCharsets.UTF_8));
        }

        var asFile = client.send(client.request("/v1/data/events")
                .header("Content-Type", CSV)
                .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                .build());
        var asEncoding = client.send(client.request("/v1/data/events")
                .header("Content-Type", CSV)
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(packed.toByteArray()))
                .build());

        counts(asFile, 5_000, 5_000, 0, 0);
        counts(asEncoding, 5_000, 0, 5_000, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "poeple, text/csv, 404, not-found",
        "people, application/json, 415, unsupported-media",
        "people, application/xml, 415, unsupported-media",
        "people?from=x, text/csv, 400, invalid-field",
        "people?job=a%20b, text/csv, 400, invalid-field",
        "people?source=, text/csv, 400, invalid-field",
        "people, text/csv, 400, invalid-field"
    })
    void saysWhatItCannotTake(String path, String type, int status, String code) {
        var answer = send(path, type, "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void needsASecretKey() {
        var request = client.with("pk_demo").request("/v1/data/people").header("Content-Type", CSV);

        assertThat(client.send(request.POST(BodyPublishers.ofString("userId\nu\n"))
                                .build())
                        .code())
                .isEqualTo("wrong-key-kind");
        assertThat(client.with("pk_demo").get("/v1/data/jobs/x").code()).isEqualTo("wrong-key-kind");
    }

    private Answer send(String path, String type, String body) {
        var request = client.request("/v1/data/" + path).header("Content-Type", type);
        return client.send(request.POST(BodyPublishers.ofString(body)).build());
    }

    private JsonNode visitor(String kind, String of) {
        return client.get("/v1/visitors?%s=%s".formatted(kind, of)).json();
    }

    /** The visitor's log. */
    private String logged(String userId) {
        var key = "tappa:shop:{s*}:log*:" + visitor("userId", userId).path("id").asText();
        return service.redis(redis -> Service.keys(redis, key).stream()
                .flatMap(log -> redis.sync().lrange(log, 0, -1).stream())
                .toList()
                .toString());
    }

    private List<String> changes() {
        return service.redis(redis -> redis.sync().xrange("tappa:shop:{products}:changes", Range.unbounded()).stream()
                .map(StreamMessage::getBody)
                .map(Object::toString)
                .toList());
    }

    private static void counts(Answer answer, int lines, int accepted, int duplicates, int refused) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(List.of("lines", "accepted", "duplicates", "refused"))
                .as(answer.body())
                .extracting(name -> answer.json().path(name).asInt())
                .containsExactly(lines, accepted, duplicates, refused);
    }
}
