package io.tappa.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class TappaServiceTest {
    private final Client client;

    TappaServiceTest(Service service) {
        this.client = service.client();
    }

    @Test
    void saysThatItIsReady() {
        var readiness = client.get("/actuator/health/readiness");

        assertThat(readiness.status()).isEqualTo(200);
        assertThat(readiness.json().path("status").asText()).isEqualTo("UP");
    }
}
