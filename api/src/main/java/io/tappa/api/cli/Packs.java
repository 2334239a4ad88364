package io.tappa.api.cli;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackResult;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads packs for commands. */
final class Packs {
    private Packs() {}

    static PackResult read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailed(
                    "There is no folder %s. Name the folder of a pack, for example rules/shop.".formatted(folder));
        }
        return PackReader.read(PackFiles.inFolder(folder));
    }

    static PackSnapshot good(Path folder) throws IOException {
        var result = read(folder);
        var snapshot = result.snapshot();
        if (snapshot == null) {
            throw new CommandFailed(
                    inWords(result) + "%nThe pack has errors; \"tappa check %s\" lists them.".formatted(folder));
        }
        return snapshot;
    }

    static String inWords(PackResult result) {
        return result.problems().stream()
                .map(problem -> problem.severity() == Problem.Severity.ERROR
                        ? problem.inWords()
                        : "Warning: " + problem.inWords())
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
