package io.tappa.api.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import io.tappa.engine.pack.PackFiles;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every version that was live can be fetched by its hash. */
@Timeout(60)
@ExtendWith(SharedService.class)
class PackVersionsTest {
    private final Service service;
    private final Client client;

    PackVersionsTest(Service service) {
        this.service = service;
        this.client = service.client();
    }

    @Test
    void theFilesOfAVersionHaveItsHash() {
        var hash = service.pack().hash();

        for (var name : new String[] {hash, hash.substring(0, 16), "live"}) {
            var answer = client.get("/v1/packs/shop/versions/" + name);

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            var files = new TreeMap<String, String>();
            answer.json()
                    .path("files")
                    .properties()
                    .forEach(file -> files.put(file.getKey(), file.getValue().asText()));
            assertThat(answer.json().path("hash").asText()).isEqualTo(hash);
            assertThat(new PackFiles(files).hash()).isEqualTo(hash);
        }
    }

    @Test
    void whatIsNoVersionIsRefused() {
        var unknown = client.get("/v1/packs/shop/versions/" + "0".repeat(64));
        var nearly =
                client.get("/v1/packs/shop/versions/" + service.pack().hash().substring(0, 16) + "0".repeat(48));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("unknown-version");
        assertThat(nearly.code()).isEqualTo("unknown-version");
        assertThat(client.get("/v1/packs/shop/versions/HEAD").code()).isEqualTo("invalid-field");
        assertThat(client.get("/v1/packs/shoes/versions/live").code()).isEqualTo("unknown-pack");
        assertThat(client.with("pk_demo").get("/v1/packs/shop/versions/live").code())
                .isEqualTo("wrong-key-kind");
        assertThat(client.post("/v1/packs/shop/versions/live", "{}").code()).isEqualTo("method-not-allowed");
    }
}
