package io.tappa.api.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the README and the pages for its readers tell people to type really works, word for word. */
@Timeout(300)
class ReadmeIT {
    private static final Pattern BASH = Pattern.compile("```bash\\n(.*?)```", Pattern.DOTALL);
    private static final String USUAL = "http://127.0.0.1:8080";

    @TempDir
    private Path folder;

    @Test
    void answersTheQuestionOfTheReadme() throws Exception {
        ShopFolder.copyInto(folder);
        var question = blocks("README.md").get(0);

        try (var service = TappaJar.serve(folder)) {
            var answer = new ObjectMapper()
                    .readTree(bash(question.replace(USUAL, service.url().toString())));

            var drawer = answer.path("decisions").path(0);
            assertThat(drawer.path("placement").asText()).isEqualTo("drawer");
            assertThat(drawer.path("rule").asText()).isEqualTo("cart-small-finds");
            assertThat(drawer.path("content").path("title").asText())
                    .isEqualTo("18.00 € to go: here are some small finds");
            assertThat(answer.path("visitor")
                            .path("journeys")
                            .path("shop")
                            .path("stage")
                            .asText())
                    .isEqualTo("intention");
        }
    }

    @Test
    void answersEveryCallOfThePageForWebsites() throws Exception {
        ShopFolder.copyInto(folder);

        try (var service = TappaJar.serve(folder)) {
            for (var block : blocks("docs/websites.md")) {
                for (var call : block.split("\\n\\n", -1)) {
                    var answer = bash(call.replace("curl", "curl --fail")
                            .replace(USUAL, service.url().toString()));

                    assertThat(new ObjectMapper().readTree(answer).isObject())
                            .as(call)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void runsTheCommandsOfTheReadme() throws Exception {
        var commands = blocks("README.md").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("java -jar api/target/tappa.jar "))
                .map(line -> line.replaceFirst("#.*", "").trim())
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
        for (var command : commands) {
            var arguments = List.of(command.split(" +", -1)).subList(3, command.split(" +", -1).length);
            var ended = TappaJar.run(ShopFolder.root(), arguments.toArray(String[]::new));

            assertThat(ended.exitCode()).as(command + "%n" + ended.err()).isZero();
            assertThat(ended.out()).as(command).isNotBlank();
        }
    }

    private static List<String> blocks(String page) throws IOException {
        var text = Files.readString(ShopFolder.root().resolve(page));
        var blocks = new ArrayList<String>();
        var found = BASH.matcher(text);
        while (found.find()) {
            blocks.add(found.group(1).trim());
        }
        assertThat(blocks).as(page).isNotEmpty();
        return blocks;
    }

    private String bash(String command) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(command).isTrue();
        assertThat(process.exitValue()).as(command + "\n" + out).isZero();
        return out;
    }
}
