package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists which versions of a pack were live, since when, by whom and why. */
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description = "Lists which versions of the pack of a service were live, the newest first.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed", "1:the service did not answer", "2:the arguments are wrong"})
final class Versions implements Callable<Integer> {
    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Mixin
    private AtService service = new AtService();

    @Override
    public Integer call() throws IOException, InterruptedException {
        service.print(
                service.client().get(service.path("/versions?limit=" + limit)),
                (answer, out) -> answer.path("versions").forEach(version -> out.println(line(version))));
        return 0;
    }

    private static String line(JsonNode version) {
        var told = Stream.of(
                        version.path("means").asText(),
                        version.path("by").asText().isEmpty()
                                ? ""
                                : "by " + version.path("by").asText(),
                        version.path("message").asText())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        return "%s%4d  %s  %s  %s"
                .formatted(
                        version.path("live").asBoolean() ? "*" : " ",
                        version.path("number").asLong(),
                        version.path("version").asText(),
                        version.path("at").asText(),
                        told);
    }
}
