package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sends people, orders, products, events, consents or suppressions from a file to a running service. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = "Sends people, orders, products, events, consents or suppressions from a file to a service.",
        footer = {
            "",
            "The file is CSV with a header row, NDJSON, or for products an RSS feed; .gz is unpacked.",
            "The same file may be sent again: what is known is not counted twice.",
            "The columns are described in docs/imports.md."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every line was taken", "1:lines were refused, or it broke off", "2:the arguments are wrong"})
final class Import implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "people, orders, products, events, consents, suppressions.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The file, or - for the standard input.")
    private String file = "";

    @Option(names = "--to", paramLabel = "URL", description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI to = URI.create("http://127.0.0.1:8080");

    @Option(names = "--key", paramLabel = "KEY", description = "Secret key (default: ${DEFAULT-VALUE}).")
    private String key = "sk_demo";

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Where the rows come from (default: import, or the name of the survey).")
    private @Nullable String source;

    @Option(
            names = "--survey",
            paramLabel = "NAME",
            description = "Which survey of surveys.yaml says how the events are read.")
    private @Nullable String survey;

    @Option(names = "--from", paramLabel = "LINE", description = "First line to take, to go on after a break.")
    private long from = 1;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "Where to write the refused lines with their rows, as NDJSON.")
    private @Nullable Path rejects;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var client = new ServiceClient(to, key, key);
        var job = UUID.randomUUID().toString();
        var answer = send(client, job);
        if (answer.statusCode() != 200) {
            throw new CommandFailed("%s answers %d: %s%s"
                    .formatted(to, answer.statusCode(), ServiceClient.detail(answer.body()), goOn(client, job)));
        }
        var result = Body.json(answer.body());
        var out = Output.of(spec);
        out.println("%,d lines: %,d accepted, %,d duplicates, %,d refused."
                .formatted(
                        result.path("lines").asLong(),
                        result.path("accepted").asLong(),
                        result.path("duplicates").asLong(),
                        result.path("refused").asLong()));
        if (result.path("refused").asLong() == 0) {
            out.flush();
            return 0;
        }
        tellRefused(client, job, result, out);
        out.flush();
        return 1;
    }

    private HttpResponse<String> send(ServiceClient client, String job) throws IOException, InterruptedException {
        var path = "/v1/data/%s?job=%s&from=%d%s%s"
                .formatted(
                        URLEncoder.encode(kind, StandardCharsets.UTF_8),
                        job,
                        from,
                        parameter("source", source),
                        parameter("survey", survey));
        try (var progress = new Progress(Output.errorsOf(spec));
                var rows = RowFile.open(file, percent -> progress.show(percent, "sent"))) {
            var type = rows.contentType();
            return client.upload(path, type, rows.content());
        } catch (IOException broken) {
            throw new CommandFailed("The import broke off: %s.%s".formatted(broken.getMessage(), goOn(client, job)));
        }
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&%s=%s".formatted(name, URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    /** From which line to go on, where the service can still say it. */
    private static String goOn(ServiceClient client, String job) throws IOException, InterruptedException {
        try {
            var next = client.get("/v1/data/jobs/" + job).path("next").asLong(1);
            return next > 1 ? " Go on with --from %d.".formatted(next) : "";
        } catch (CommandFailed unknown) {
            return "";
        }
    }

    private void tellRefused(ServiceClient client, String job, JsonNode result, PrintWriter out)
            throws IOException, InterruptedException {
        var lines = result.path("refusedLines");
        for (int i = 0; i < Math.min(SHOWN, lines.size()); i++) {
            var place = lines.get(i).path("place").asText();
            out.println("  line %d (%s)%s: %s %s"
                    .formatted(
                            lines.get(i).path("line").asLong(),
                            lines.get(i).path("code").asText(),
                            place.isEmpty() ? "" : " at " + place.substring(1),
                            lines.get(i).path("what").asText(),
                            lines.get(i).path("cure").asText()));
        }
        if (rejects == null) {
            out.println("All refused lines: give --rejects FILE, or ask for /v1/data/jobs/%s/refused.".formatted(job));
        } else {
            new RefusedRows(client.lines("/v1/data/jobs/%s/refused".formatted(job))).write(file, rejects);
            out.println("All refused lines are in %s.".formatted(rejects));
        }
    }
}
