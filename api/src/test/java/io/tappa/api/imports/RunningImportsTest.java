package io.tappa.api.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.Client;
import io.tappa.api.Client.Answer;
import io.tappa.api.Patience;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Imports whose bodies come slowly, or break off. */
@Timeout(60)
@ExtendWith(SharedService.class)
class RunningImportsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Service service;
    private final Client client;
    private final String id = UUID.randomUUID().toString();

    RunningImportsTest(Service service) {
        this.service = service;
        this.client = service.client();
    }

    @Test
    void tellTheirProgressAndWhereTheyBrokeOff() throws Exception {
        try (var upload = new Upload("progress")) {
            upload.send("userId,event,n\n");
            for (int i = 0; i < 900; i++) {
                upload.send("%s,Product Viewed,%d\n".formatted(id, i));
            }

            Patience.until(
                    "800 lines", SOON, () -> job("progress").path("lines").asInt() == 800);

            assertThat(job("progress").path("state").asText()).isEqualTo("running");
            assertThat(job("progress").path("accepted").asInt()).isEqualTo(800);
            assertThat(job("progress").path("next").asInt()).isEqualTo(802);
        }
        Patience.until(
                "ended", SOON, () -> !job("progress").path("state").asText().equals("running"));
        assertThat(job("progress").path("state").asText()).isIn("interrupted", "failed");
        assertThat(job("progress").path("accepted").asInt()).isEqualTo(800);
    }

    @Test
    void areFourAtMost() throws Exception {
        var uploads = new ArrayList<Upload>();
        try {
            for (var name : List.of("one", "two", "three", "four")) {
                var upload = new Upload(name);
                uploads.add(upload);
                Patience.until(
                        name,
                        SOON,
                        () -> client.get("/v1/data/jobs/" + name + id).status() == 200);
            }

            var fifth = post("userId\nu-1\n");

            assertThat(fifth.status()).as(fifth.body()).isEqualTo(429);
            assertThat(fifth.retryAfter()).isNotEmpty();
        } finally {
            for (var upload : uploads) {
                upload.close();
            }
        }
        Patience.until("room again", SOON, () -> post("userId\nu-1\n").status() == 200);
    }

    private JsonNode job(String name) {
        return client.get("/v1/data/jobs/" + name + id).json();
    }

    private Answer post(String csv) {
        return client.send(client.request("/v1/data/people")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString(csv))
                .build());
    }

    /** A body in pieces, over a connection that can be cut. */
    private final class Upload implements AutoCloseable {
        private final Socket socket;
        private final OutputStream out;

        Upload(String job) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
            this.out = socket.getOutputStream();
            out.write("""
                    POST /v1/data/events?job=%s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer sk_demo\r
                    Content-Type: text/csv\r
                    Transfer-Encoding: chunked\r
                    \r
                    """.formatted(job + id).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        void send(String text) throws IOException {
            out.write("%x\r\n%s\r\n".formatted(text.length(), text).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }
}
