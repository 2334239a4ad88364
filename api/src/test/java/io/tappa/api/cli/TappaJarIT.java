package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The executable jar, run as people run it. */
@Timeout(60)
class TappaJarIT {
    private static final Pattern STARTED = Pattern.compile("Netty started on port (\\d+)");

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();
    private Process service;

    @BeforeEach
    void start() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        service = new ProcessBuilder(java, "-jar", System.getProperty("tappa.jar"), "serve", "--server.port=0")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        service.destroy();
        service.waitFor();
    }

    @Test
    void servesFromTheJarAloneAndWarnsAboutNothing() throws IOException, InterruptedException {
        var port = portOf(service.inputReader());

        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:%d/actuator/health/liveness".formatted(port)))
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"UP\"");
        assertThat(log).noneMatch(line -> line.contains("WARN"));
    }

    private int portOf(BufferedReader output) {
        return output.lines()
                .peek(log::add)
                .map(STARTED::matcher)
                .filter(Matcher::find)
                .mapToInt(started -> Integer.parseInt(started.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("The service ended before it listened: " + log));
    }
}
