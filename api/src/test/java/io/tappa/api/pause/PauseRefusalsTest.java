package io.tappa.api.pause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.Client;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be paused, and what was probably meant. */
@Timeout(60)
@ExtendWith(SharedService.class)
class PauseRefusalsTest {
    private static final String PAUSES = "/v1/packs/shop/pauses";

    private final Client client;

    PauseRefusalsTest(Service service) {
        this.client = service.client();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "rule:cart-smal-finds      | There is no rule \"cart-smal-finds\".  | Did you mean \"cart-small-finds\"?",
                "offer:voucher-11          | There is no offer \"voucher-11\".      | Did you mean \"voucher-10\"?",
                "offer:cart-small-finds    | There is no offer \"cart-small-finds\".| offers.",
                "offer:                    | There is no offer \"\".                | offers.",
                "channel:sit               | There is no channel \"sit\".           | Did you mean \"site\"? The channels are: email,",
                "campaign:spring           | There is no campaign \"spring\".       | The campaigns are: winter-thanks.",
                "voucher-10                | \"voucher-10\" names nothing           | Did you mean \"offer:voucher-10\"? Write everything,",
                "cart-small-finds          | \"cart-small-finds\" names nothing     | Did you mean \"rule:cart-small-finds\"?",
                "ofer:voucher-10           | \"ofer:voucher-10\" names nothing      | Did you mean \"offer:voucher-10\"?",
                "Everything                | \"Everything\" names nothing           | Did you mean \"everything\"?",
                "nonsense                  | \"nonsense\" names nothing             | Write everything, channel:NAME,",
                ":                         | \":\" names nothing                    | Write everything, channel:NAME,",
            })
    void refusesWhatThePackDoesNotKnow(String what, String detail, String cure) {
        var answer = pause(what, "because", null);

        refused(answer, "/what", detail, cure);
        assertThat(list()).isEmpty();
    }

    @Test
    void refusesABodyThatDoesNotFit() {
        refused(post("{\"reason\":\"because\"}"), "/what", "does not say what", "for example offer:");
        refused(post("{\"what\":[],\"reason\":\"because\"}"), "/what", "no text", "JSON string");
        refused(post("{\"what\":\"everything\"}"), "/reason", "at most 500", "Send for example");
        refused(pause("everything", " \t ", null), "/reason", "at most 500", "Send for example");
        refused(pause("everything", "a".repeat(501), null), "/reason", "at most 500", "Send for example");
        refused(pause("everything", "because", "tomorrow"), "/until", "no moment", "2026-12-31");
        refused(pause("everything", "because", "2026-02-30"), "/until", "no moment", "2026-12-31");
        refused(pause("everything", "because", ""), "/until", "no moment", "2026-12-31");
        refused(post("{\"what\":\"everything\",\"reason\":\"a\",\"until\":1}"), "/until", "no moment", "2026-12-31");
        refused(pause("everything", "because", "2026-01-01"), "/until", "already", "later moment");
        refused(post("{\"what\":\"everything\",\"reson\":\"a\"}"), "/reson", "means nothing", "\"reason\"?");
        assertThat(post("[]").code()).isEqualTo("bad-json");
        assertThat(post("").code()).isEqualTo("bad-json");
        assertThat(list()).isEmpty();
    }

    @Test
    void onlySecretKeysPauseAndOnlyThePackThatIsServed() {
        var page = client.with("pk_demo");
        var body = question("everything", "because", null).toString();

        assertThat(page.post(PAUSES, body).code()).isEqualTo("wrong-key-kind");
        assertThat(page.get(PAUSES).code()).isEqualTo("wrong-key-kind");
        assertThat(page.delete(PAUSES + "/everything").code()).isEqualTo("wrong-key-kind");
        assertThat(client.with(null).post(PAUSES, body).status()).isEqualTo(401);
        assertThat(client.post("/v1/packs/shap/pauses", body).code()).isEqualTo("unknown-pack");
        assertThat(client.get("/v1/packs/shap/pauses").code()).isEqualTo("unknown-pack");
        assertThat(client.delete("/v1/packs/shap/pauses/everything").code()).isEqualTo("unknown-pack");
        assertThat(list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%00", "%ff", "a%2Fb", "a%20b", "%F0%9F%8E%81", "*", ";", "everything;a=b", "%25", ".."})
    void strangeNamesEndNothing(String what) {
        assertThat(client.delete(PAUSES + "/" + what).status()).isIn(400, 404, 405);
    }

    @Test
    void aVeryLongNameIsRefusedAtOnce() {
        assertThat(pause("offer:" + "x".repeat(400_000), "because", null).status())
                .isEqualTo(400);
        assertThat(pause("x".repeat(400_000), "because", null).status()).isEqualTo(400);
        assertThat(pause("everything", "because", "2".repeat(400_000)).status()).isEqualTo(400);
    }

    private static void refused(Client.Answer answer, String pointer, String detail, String cure) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("invalid-field");
        var reason = answer.json().at("/errors/0");
        assertThat(reason.path("pointer").asText()).isEqualTo(pointer);
        assertThat(reason.path("detail").asText()).contains(detail);
        assertThat(reason.path("cure").asText()).contains(cure);
    }

    private Client.Answer pause(String what, String reason, @Nullable String until) {
        return client.post(PAUSES, question(what, reason, until));
    }

    private Client.Answer post(String body) {
        return client.post(PAUSES, body);
    }

    private static ObjectNode question(String what, String reason, @Nullable String until) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("what", what)
                .put("reason", reason)
                .put("until", until);
    }

    private JsonNode list() {
        return client.get(PAUSES).json().path("pauses");
    }
}
