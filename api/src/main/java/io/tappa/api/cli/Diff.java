package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.pack.DifferenceJson;
import io.tappa.engine.difference.PackDifferences.Version;
import io.tappa.engine.pack.PackReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what publishing a folder would change. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Tells what is different in a folder, seen from the live version of a service: each rule, move, offer and file.",
        footer = {
            "",
            "tappa diff rules/shop --url https://tappa.shop.example --key sk_…",
            "tappa diff rules/shop --with 12"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared",
            "1:one of the two has errors, or the service did not answer",
            "2:the arguments are wrong"
        })
final class Diff implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Folder of the pack (default: rules/shop).")
    private Path folder = Path.of("rules", "shop");

    @Option(
            names = "--with",
            paramLabel = "VERSION",
            description = "Number or hash of the version to compare with (default: ${DEFAULT-VALUE}).")
    private String with = "live";

    @Mixin
    private AtService service = new AtService();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var newer = Packs.version(folder);
        var older = version(service.client().get(service.path("/versions/" + AtService.encoded(with))));
        service.print(DifferenceJson.between(older, newer), Diff::print);
        return 0;
    }

    private static Version version(JsonNode stored) {
        var files = Packs.files(stored);
        var snapshot = PackReader.compiled(files);
        if (snapshot == null) {
            throw new CommandFailed("This program finds errors in version %s of the service; is it the newer one?"
                    .formatted(stored.path("hash").asText()));
        }
        return new Version(files, snapshot);
    }

    private static void print(JsonNode compared, PrintWriter out) {
        if (compared.path("changes").isEmpty()) {
            out.println("Nothing is different from %s."
                    .formatted(compared.path("from").asText()));
        }
        compared.path("changes")
                .forEach(change -> out.println(change.path("text").asText()));
    }
}
