package io.tappa.api.imports;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tappa.api.Service;
import io.tappa.api.SharedService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the pages tell people to type really works, word for word. */
@Timeout(120)
@ExtendWith(SharedService.class)
class ImportPageTest {
    private static final Pattern BASH = Pattern.compile("```bash\\n(.*?)```", Pattern.DOTALL);
    /** Other examples ask, and take nothing. */
    private static final Pattern SENDS = Pattern.compile("/v1/(data|events)");

    private final Service service;

    ImportPageTest(Service service) {
        this.service = service;
    }

    @ParameterizedTest
    @CsvSource({"imports.md, 7", "api.md, 1"})
    void everyExampleIsTakenWhole(String page, int examples) throws IOException, InterruptedException {
        var text = Files.readString(Path.of(System.getProperty("tappa.root", ".."), "docs", page));
        var found = BASH.matcher(text);
        int taken = 0;
        while (found.find()) {
            if (!SENDS.matcher(found.group(1)).find()) {
                continue;
            }
            var answer = new ObjectMapper()
                    .readTree(bash(
                            found.group(1).replace("http://127.0.0.1:8080", "http://127.0.0.1:" + service.port())));
            assertThat(answer.path("accepted").asInt()
                            + answer.path("duplicates").asInt())
                    .as(found.group(1) + answer)
                    .isPositive();
            assertThat(answer.path("refusedLines").size()
                            + answer.path("refused").size())
                    .as(found.group(1) + answer)
                    .isZero();
            taken++;
        }
        assertThat(taken).isEqualTo(examples);
    }

    private static String bash(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(command).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + out).isZero();
        return out;
    }
}
