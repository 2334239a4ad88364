package io.tappa.api.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.record.Recorded;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.VisitorKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Decides recorded decisions of a service again with a draft of its pack, and says what would be shown instead. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = "Decides what a service decided again with another pack, and tells what would be shown instead.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:nothing would change",
            "1:the command failed",
            "2:the arguments are wrong",
            "3:something would change"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int CHANGES = 3;
    private static final int ALL = 1_000;

    @Option(names = "--pack", paramLabel = "FOLDER", description = "Folder of the draft (default: ${DEFAULT-VALUE}).")
    private Path pack = Path.of("rules", "shop");

    @Option(names = "--to", paramLabel = "URL", description = "The service (default: ${DEFAULT-VALUE}).")
    private URI service = URI.create("http://127.0.0.1:8080");

    @Option(names = "--secret-key", paramLabel = "KEY", description = "A secret key (default: the demo key).")
    private String secretKey = "sk_demo";

    @Option(names = "--from", paramLabel = "ISO", description = "Only decisions made from this moment on.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "ISO", description = "Only decisions made before this moment.")
    private @Nullable String until;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Only N of " + ALL + " decisions, always the same ones (default: all).")
    private int sample = ALL;

    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    private int shards;
    private long unsampled;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (spec != null && (sample < 1 || sample > ALL)) {
            throw new ParameterException(
                    spec.commandLine(), "--sample %d: say how many of %d, 1 to %d.".formatted(sample, ALL, ALL));
        }
        var draft = Packs.good(pack);
        var client = new ServiceClient(service, secretKey, secretKey);
        var versions = new RecordedVersions(client, draft);
        long unsampled = replay(client, versions);
        var report = versions.report();
        var leftOut = versions.leftOut();
        if (report.decisions() == 0 && !leftOut.isEmpty()) {
            throw new CommandFailed("""
                    None of %,d decisions can be decided again: their versions or surroundings are not known, or this \
                    tappa.jar decides otherwise than the service. Use the one that the service runs on.""".formatted(
                            leftOut.values().stream().mapToLong(Long::longValue).sum()));
        }
        var result = new ReplayResult(versions.live(), versions.replayed(), leftOut, unsampled, report);
        var out = Output.of(spec);
        if (json) {
            out.println(Body.text(ReplayJson.of(result)));
        } else {
            out.print(ReplayTable.of(result));
        }
        out.flush();
        return report.changesNothing() ? 0 : CHANGES;
    }

    /** Answers how many decisions the sample left out. */
    private long replay(ServiceClient client, RecordedVersions versions) throws IOException, InterruptedException {
        try (var progress = new Progress(Output.errorsOf(spec))) {
            client.eachLine(path(), text -> {
                add(versions, Body.parsed(text));
                progress.show(100 * shards / VisitorKey.SHARDS, "replayed");
            });
            progress.show(100, "replayed");
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return unsampled;
    }

    private void add(RecordedVersions versions, ObjectNode line) {
        if (line.has("surroundingsHash")) {
            versions.addSurroundings(line.path("surroundingsHash").asText(), (ObjectNode) line.path("surroundings"));
            return;
        }
        var id = line.path("decisionId").asText();
        if (line.path("from").asText().equals(Recorded.From.HOT.key())) {
            shards = Math.max(shards, shard(id));
        }
        if (isInSample(id)) {
            add(versions, line, id);
        } else {
            unsampled++;
        }
    }

    private static void add(RecordedVersions versions, ObjectNode line, String id) {
        try {
            versions.add(line.path("packHash").asText(), (ObjectNode) line.path("record"), id);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("Interrupted.");
        }
    }

    private String path() {
        var path = new StringBuilder("/v1/decisions");
        add(path, "from", from);
        add(path, "to", until);
        return path.toString();
    }

    private static void add(StringBuilder path, String name, @Nullable String value) {
        if (value != null) {
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private boolean isInSample(String id) {
        return sample == ALL || Long.remainderUnsigned(Hashes.first64(id), ALL) < sample;
    }

    /** Those of the logs come last, and shard by shard, a few at once; ids name their shard. */
    private static int shard(String id) {
        int begins = id.indexOf('.') + 1;
        int ends = id.indexOf('.', begins);
        return begins > 0 && ends > begins ? Integer.parseInt(id.substring(begins, ends)) : 0;
    }
}
