package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of commands that ask a running service about its pack, and how they print its answer. */
final class AtService {
    @Option(names = "--json", description = "Print the answer as one JSON object.")
    private boolean json;

    @Option(names = "--url", paramLabel = "URL", description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--key", paramLabel = "KEY", description = "Secret key (default: ${DEFAULT-VALUE}).")
    private String key = "sk_demo";

    @Option(names = "--pack", paramLabel = "NAME", description = "Pack of the service (default: ${DEFAULT-VALUE}).")
    private String pack = "shop";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    ServiceClient client() {
        return new ServiceClient(url, key, key);
    }

    /** The path of the pack, and what follows it. */
    String path(String more) {
        return "/v1/packs/" + encoded(pack) + more;
    }

    /** Prints {@code answer} as it is, or as {@code inWords} does. */
    void print(JsonNode answer, BiConsumer<JsonNode, PrintWriter> inWords) {
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(answer));
        } else {
            inWords.accept(answer, out);
        }
        out.flush();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
