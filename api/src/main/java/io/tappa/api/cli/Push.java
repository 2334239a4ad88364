package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.store.Draft;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts what was changed in a folder into a draft of a service. */
@Command(
        name = "push",
        mixinStandardHelpOptions = true,
        description = "Puts what was changed in a folder into a draft, which is made where there is none.",
        footer = {
            "",
            "tappa push my-shop --draft spring --url https://tappa.shop.example --key sk_…",
            "tappa push my-shop --draft spring --from 12    # a new draft, of files that were made from release 12"
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the draft holds it; it may have mistakes, which are listed",
            "1:somebody else changed the same files, or the service did not take it",
            "2:the arguments are wrong"
        })
final class Push implements Callable<Integer> {
    private static final String IF_MATCH = "If-Match";

    @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "Folder of the pack (default: rules/shop).")
    private Path folder = Path.of("rules", "shop");

    @Option(names = "--draft", paramLabel = "NAME", required = true, description = "The draft.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "VERSION",
            description =
                    "Of a new draft: the version these files were made from (default: what was pulled, else live).")
    private @Nullable String from;

    @Option(names = "--message", paramLabel = "TEXT", description = "Of a new draft: what it is for.")
    private @Nullable String message;

    @Option(names = "--force", description = "Overwrite what others changed in the draft.")
    private boolean force;

    @Mixin
    private AtService service = new AtService();

    /**
     * What is to be done.
     *
     * @param known the etag that each file of the draft had when the folder was like it
     * @param present the etag that it has now
     * @param files what the folder holds
     */
    private record Comparison(SortedMap<String, String> known, SortedMap<String, String> present, PackFiles files) {
        /** Files that are new, other or gone in the folder, and not so in the draft yet. */
        List<String> toPush() {
            var local = Draft.etags(files.contents());
            return paths(local).stream()
                    .filter(path -> !Objects.equals(local.get(path), known.get(path)))
                    .filter(path -> !Objects.equals(local.get(path), present.get(path)))
                    .toList();
        }

        /** Those of them that are other ones in the draft, too. */
        List<String> stale() {
            return toPush().stream()
                    .filter(path -> !Objects.equals(known.get(path), present.get(path)))
                    .toList();
        }

        /** How many files only others changed. */
        long ofOthers() {
            var local = Draft.etags(files.contents());
            return paths(present).stream()
                    .filter(path -> Objects.equals(local.get(path), known.get(path)))
                    .filter(path -> !Objects.equals(known.get(path), present.get(path)))
                    .count();
        }

        private TreeSet<String> paths(SortedMap<String, String> more) {
            var paths = new TreeSet<>(known.keySet());
            paths.addAll(more.keySet());
            return paths;
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var files = Packs.files(folder);
        if (files.contents().isEmpty()) {
            throw new CommandFailed("There are no files of a pack in %s.".formatted(folder));
        }
        var pulled = Pulled.in(folder);
        var found = service.client().find(Drafts.path(service, name));
        var draft = found == null ? made(pulled) : found;
        var present = etags(draft);
        var comparison = new Comparison(found == null || force ? present : known(pulled), present, files);
        mustBeFresh(comparison.stale(), draft);
        var answer = pushed(comparison, draft.path("fromHash").asText());
        service.print(answer, (done, out) -> print(done, comparison.ofOthers(), out));
        return 0;
    }

    private JsonNode made(@Nullable Pulled pulled) throws IOException, InterruptedException {
        var base = from != null ? from : pulled != null ? pulled.from() : null;
        Drafts.made(service, name, base, message);
        return service.client().get(Drafts.path(service, name));
    }

    private SortedMap<String, String> known(@Nullable Pulled pulled) {
        if (pulled == null || !name.equals(pulled.draft())) {
            throw new CommandFailed(
                    "%s was not pulled from the draft %s, so it may lack what others changed there. Pull it into a folder and work there, or push with --force."
                            .formatted(folder, name));
        }
        return pulled.etags();
    }

    private static SortedMap<String, String> etags(JsonNode draft) {
        var etags = new TreeMap<String, String>();
        draft.path("about")
                .properties()
                .forEach(file ->
                        etags.put(file.getKey(), file.getValue().path("etag").asText()));
        return etags;
    }

    private void mustBeFresh(List<String> stale, JsonNode draft) {
        if (!stale.isEmpty()) {
            throw new CommandFailed(
                    "Nothing is pushed, since others changed the same files in the draft %s: %s. Pull it into another folder and take over your changes there, or push with --force."
                            .formatted(
                                    name,
                                    stale.stream()
                                            .map(path -> path
                                                    + writer(draft.path("about").path(path)))
                                            .collect(Collectors.joining("; "))));
        }
    }

    private static String writer(JsonNode about) {
        return about.isMissingNode()
                ? " was deleted"
                : " by %s at %s"
                        .formatted(about.path("by").asText(), about.path("at").asText());
    }

    /** Sends one file after the other, and notes what the draft holds even where one is refused. */
    private ObjectNode pushed(Comparison comparison, String base) throws IOException, InterruptedException {
        var local = Draft.etags(comparison.files().contents());
        var known = new TreeMap<>(comparison.known());
        local.forEach((path, etag) -> {
            if (etag.equals(comparison.present().get(path))) {
                known.put(path, etag);
            }
        });
        var answer = Body.create().put("draft", name);
        var done = new ArrayList<String>();
        try {
            for (var path : comparison.toPush()) {
                answer.setAll((ObjectNode) sent(path, comparison));
                done.add(path);
                if (local.containsKey(path)) {
                    known.put(path, local.get(path));
                } else {
                    known.remove(path);
                }
            }
        } finally {
            new Pulled(name, base, known).keep(folder);
        }
        var list = answer.remove(List.of("file")).putArray("pushed");
        done.forEach(list::add);
        return answer;
    }

    private JsonNode sent(String path, Comparison comparison) throws IOException, InterruptedException {
        var at = Drafts.path(service, name) + "/files/"
                + Arrays.stream(path.split("/")).map(AtService::encoded).collect(Collectors.joining("/"));
        var text = comparison.files().contents().get(path);
        var etag = comparison.present().get(path);
        if (text == null) {
            return service.client().delete(at, IF_MATCH, quoted(etag));
        }
        return etag == null
                ? service.client().put(at, text, "If-None-Match", "*")
                : service.client().put(at, text, IF_MATCH, quoted(etag));
    }

    private static String quoted(@Nullable String etag) {
        return "\"" + etag + "\"";
    }

    private void print(JsonNode answer, long ofOthers, PrintWriter out) {
        ProblemLines.print(answer.path("problems"), out);
        int pushed = answer.path("pushed").size();
        out.println(
                pushed == 0
                        ? "Nothing in %s is new for the draft %s.".formatted(folder, name)
                        : "The draft %s took %s.".formatted(name, pushed == 1 ? "1 file" : pushed + " files"));
        if (ofOthers > 0) {
            out.println(
                    "Others changed %d more there; \"tappa pull\" gets them into another folder.".formatted(ofOthers));
        }
    }
}
