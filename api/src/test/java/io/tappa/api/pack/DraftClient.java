package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import java.net.http.HttpRequest.BodyPublishers;

/** Works with the drafts of the shop over HTTP, as an editor does. */
record DraftClient(Client client) {
    private static final String DRAFTS = "/v1/packs/shop/drafts/";

    Answer make(String name, String body) {
        return client.send(
                client.request(DRAFTS + name).PUT(BodyPublishers.ofString(body)).build());
    }

    /** The draft, which is there. */
    JsonNode get(String name) {
        var answer = client.get(DRAFTS + name);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    Answer list() {
        return client.get("/v1/packs/shop/drafts");
    }

    Answer file(String name, String path) {
        return client.get(DRAFTS + name + "/files/" + path);
    }

    /** Writes a file with one more header, such as {@code If-Match: "…"}. */
    Answer put(String name, String path, String text, String header, String value) {
        return client.send(client.request(DRAFTS + name + "/files/" + path)
                .header(header, value)
                .PUT(BodyPublishers.ofString(text))
                .build());
    }

    Answer putWithout(String name, String path, String text) {
        return client.send(client.request(DRAFTS + name + "/files/" + path)
                .PUT(BodyPublishers.ofString(text))
                .build());
    }

    Answer delete(String name, String path, String etag) {
        return client.send(client.request(DRAFTS + name + "/files/" + path)
                .header("If-Match", etag)
                .DELETE()
                .build());
    }

    /** Puts {@code with} in the place of {@code old} in a file. */
    Answer replace(String name, String path, String old, String with) {
        var present = file(name, path);
        assertThat(present.body()).contains(old);
        return put(name, path, present.body().replace(old, with), "If-Match", present.etag());
    }

    Answer command(String name, String command, String body) {
        return client.post(DRAFTS + name + command, body);
    }

    Answer commandIf(String name, String command, String etag) {
        return client.send(client.request(DRAFTS + name + command)
                .header("If-Match", "\"" + etag + "\"")
                .POST(BodyPublishers.noBody())
                .build());
    }

    Answer remove(String name) {
        return client.delete(DRAFTS + name);
    }

    Answer removeIf(String name, String etag) {
        return client.send(client.request(DRAFTS + name)
                .header("If-Match", "\"" + etag + "\"")
                .DELETE()
                .build());
    }

    JsonNode differences(String name) {
        var answer = client.get(DRAFTS + name + "/diff");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("changes");
    }
}
