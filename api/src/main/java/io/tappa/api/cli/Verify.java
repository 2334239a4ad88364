package io.tappa.api.cli;

import io.tappa.api.body.Body;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets a service make its newest decisions again and compare them with what was answered then. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Makes recorded decisions again and compares them with what was answered, to the byte.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all are the same",
            "1:some differ, or their version of the pack is unknown",
            "2:the arguments are wrong"
        })
final class Verify implements Callable<Integer> {
    @Option(names = "--to", paramLabel = "URL", description = "The service (default: ${DEFAULT-VALUE}).")
    private URI service = URI.create("http://127.0.0.1:8080");

    @Option(names = "--secret-key", paramLabel = "KEY", description = "A secret key (default: the demo key).")
    private String secretKey = "sk_demo";

    @Option(names = "--last", paramLabel = "N", description = "How many, the newest (default: ${DEFAULT-VALUE}).")
    private int last = 1_000;

    @Option(names = "--from", paramLabel = "ISO", description = "Only decisions made from this moment on.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "ISO", description = "Only decisions made before this moment.")
    private @Nullable String until;

    @Option(names = "--json", description = "Print one JSON object instead of a sentence.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var path = new StringBuilder("/v1/decisions:verify?last=").append(last);
        add(path, "from", from);
        add(path, "to", until);
        var answer = new ServiceClient(service, secretKey, secretKey).get(path.toString());
        var out = Output.of(spec);
        long checked = answer.path("checked").asLong();
        long verified = answer.path("verified").asLong();
        if (json) {
            out.println(Body.text(answer));
        } else {
            out.println("%d of %d decisions come out again as they were answered.".formatted(verified, checked));
            answer.path("differingIds").forEach(id -> out.println("Differs: " + id.asText()));
            if (answer.path("unknownPack").asLong() > 0) {
                out.println("%d were made by versions of the pack that this service does not know."
                        .formatted(answer.path("unknownPack").asLong()));
            }
        }
        out.flush();
        return verified == checked ? 0 : 1;
    }

    private static void add(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
