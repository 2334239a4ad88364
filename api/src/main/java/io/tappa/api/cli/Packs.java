package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tappa.engine.advice.Advice;
import io.tappa.engine.difference.PackDifferences.Version;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads packs for commands. */
final class Packs {
    private Packs() {}

    static PackResult read(Path folder) throws IOException {
        return PackReader.read(files(folder));
    }

    /** The same, with what its author may want to look at at {@code nowMillis}. */
    static PackResult advised(Path folder, long nowMillis) throws IOException {
        var files = files(folder);
        var result = PackReader.read(files);
        var snapshot = result.snapshot();
        return snapshot == null ? result : result.with(Advice.of(files, snapshot, nowMillis));
    }

    /** The files of a pack, whatever is wrong in them. */
    static PackFiles files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(
                    "There is no folder %s. Name the folder of a pack, for example rules/shop.".formatted(folder));
        }
        return PackFiles.inFolder(folder);
    }

    static PackSnapshot good(Path folder) throws IOException {
        return good(folder, read(folder));
    }

    /** The files of a pack without errors, with what they mean. */
    static Version version(Path folder) throws IOException {
        var files = files(folder);
        return new Version(files, good(folder, PackReader.read(files)));
    }

    private static PackSnapshot good(Path folder, PackResult result) {
        var snapshot = result.snapshot();
        if (snapshot == null) {
            throw new CommandFailed(
                    inWords(result) + "%nThe pack has errors; \"tappa check %s\" lists them.".formatted(folder));
        }
        return snapshot;
    }

    /** The files in the answer of a service about one version or draft. */
    static PackFiles files(JsonNode answer) {
        var contents = new TreeMap<String, String>();
        for (var file : answer.path("files").properties()) {
            if (!PackFiles.isName(file.getKey())) {
                throw new CommandFailed(
                        "The service has a file %s, which is no name of a file of a pack.".formatted(file.getKey()));
            }
            contents.put(file.getKey(), file.getValue().asText());
        }
        return new PackFiles(contents);
    }

    static String inWords(PackResult result) {
        return result.problems().stream().map(Packs::inWords).collect(Collectors.joining(System.lineSeparator()));
    }

    private static String inWords(Problem problem) {
        return switch (problem.severity()) {
            case ERROR -> problem.inWords();
            case WARNING -> "Warning: " + problem.inWords();
            case NOTE -> "Note: " + problem.inWords();
        };
    }
}
