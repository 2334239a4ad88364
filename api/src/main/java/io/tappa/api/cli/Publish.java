package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes the files of a folder the live version of a running service. */
@Command(
        name = "publish",
        mixinStandardHelpOptions = true,
        description = "Makes the pack in a folder the live version on all nodes of a service, if it has no errors.",
        footer = {
            "",
            "tappa publish rules/shop --message \"free shipping from 60 EUR\" --url https://tappa.shop.example --key sk_…",
            "tappa publish rules/shop --from 12      # only if release 12 is still live"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it is live",
            "1:it has errors, or the service did not take it; what was live stays live",
            "2:the arguments are wrong"
        })
final class Publish implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Folder of the pack (default: rules/shop).")
    private Path folder = Path.of("rules", "shop");

    @Option(names = "--message", paramLabel = "TEXT", description = "What is new; \"tappa versions\" shows it.")
    private @Nullable String message;

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description =
                    "Number or hash of the version these files were made from; refused when another one is live by now.")
    private @Nullable String from;

    @Mixin
    private AtService service = new AtService();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var files = Packs.version(folder).files();
        var answer = service.client().post(service.path(":publish"), Body.text(body(files)));
        service.print(answer, Publish::print);
        return 0;
    }

    private ObjectNode body(PackFiles files) {
        var body = Body.create();
        if (message != null) {
            body.put("message", message);
        }
        if (from != null) {
            body.put("from", from);
        }
        var contents = body.putObject("files");
        files.contents().forEach(contents::put);
        return body;
    }

    /** What is live now, and what was thought of it. */
    static void print(JsonNode answer, PrintWriter out) {
        ProblemLines.print(answer.path("warnings"), out);
        out.println("%s is live, as release %d."
                .formatted(answer.path("pack").asText(), answer.path("number").asLong()));
        if (answer.has("replaced")) {
            out.println("What stood in the folder of the service was not live; it is kept as version %s."
                    .formatted(answer.path("replaced").asText()));
        }
    }
}
