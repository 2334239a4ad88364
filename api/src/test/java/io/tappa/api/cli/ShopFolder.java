package io.tappa.api.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies the sample pack, so that a test may change it. */
final class ShopFolder {
    private ShopFolder() {}

    /** The root of the sources. */
    static Path root() {
        return Path.of(System.getProperty("tappa.root", ".."));
    }

    /** Makes {@code folder} hold {@code rules/shop}, as the root of the sources does. */
    static Path copyInto(Path folder) throws IOException {
        var from = root().resolve("rules/shop");
        var to = folder.resolve("rules/shop");
        try (var files = Files.walk(from)) {
            files.forEach(file -> copy(file, to.resolve(from.relativize(file).toString())));
        }
        return to;
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.isDirectory(from)) {
                Files.createDirectories(to);
            } else {
                Files.copy(from, to);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
