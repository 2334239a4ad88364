package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.api.Client;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar with nothing beside it. */
@Timeout(300)
class TappaJarIT {
    @Test
    void servesFromTheJarAloneAndWarnsAboutNothing(@TempDir Path folder) throws IOException {
        try (var service = TappaJar.serve(folder)) {
            var answer = new Client(service.url(), null).get("/actuator/health/liveness");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"UP\"");
            assertThat(service.log()).noneMatch(line -> line.contains("WARN"));
        }
    }
}
