package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.api.body.Body;
import io.tappa.api.pack.PackFolder;
import io.tappa.api.store.Draft;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the files of a draft or a version of a service into a folder. */
@Command(
        name = "pull",
        mixinStandardHelpOptions = true,
        description = "Writes the files of a draft, or of a version, into a folder.",
        footer = {
            "",
            "tappa pull my-shop --draft spring --url https://tappa.shop.example --key sk_…",
            "tappa pull my-shop --version live"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the folder holds it",
            "1:the folder holds something else, or the service did not answer; nothing is written",
            "2:the arguments are wrong"
        })
final class Pull implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Folder of the pack (default: rules/shop).")
    private Path folder = Path.of("rules", "shop");

    @ArgGroup(multiplicity = "1")
    private Which which = new Which();

    @Option(names = "--force", description = "Overwrite what was changed in the folder.")
    private boolean force;

    @Mixin
    private AtService service = new AtService();

    /** One of both. */
    private static final class Which {
        @Option(names = "--draft", paramLabel = "NAME", description = "The draft.")
        private @Nullable String draft;

        @Option(names = "--version", paramLabel = "VERSION", description = "live, or number or hash of the version.")
        private @Nullable String version;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var answer = service.client().get(path());
        var files = Packs.files(answer);
        if (!force) {
            mustBeFree(files);
        }
        Files.createDirectories(folder);
        PackFolder.write(folder, files);
        pulled(answer, files).keep(folder);
        service.print(
                Body.create()
                        .put("folder", folder.toString())
                        .put("files", files.contents().size()),
                (done, out) -> out.println("%s holds %d files of %s."
                        .formatted(folder, files.contents().size(), name())));
        return 0;
    }

    private String path() {
        return which.draft != null
                ? Drafts.path(service, which.draft)
                : service.path("/versions/" + AtService.encoded(String.valueOf(which.version)));
    }

    private String name() {
        return which.draft != null ? "the draft " + which.draft : "the version " + which.version;
    }

    private Pulled pulled(JsonNode answer, PackFiles files) {
        var from = answer.path(which.draft != null ? "fromHash" : "hash").asText();
        return new Pulled(which.draft, from, Draft.etags(files.contents()));
    }

    /** What nobody changed since it was pulled may be overwritten. */
    private void mustBeFree(PackFiles files) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var present = PackFiles.inFolder(folder);
        var pulled = Pulled.in(folder);
        boolean asPulled = pulled != null && pulled.etags().equals(Draft.etags(present.contents()));
        if (!present.contents().isEmpty() && !present.equals(files) && !asPulled) {
            throw new CommandFailed(
                    "%s holds files that would be lost. Name another folder, push them first, or pull with --force."
                            .formatted(folder));
        }
    }
}
