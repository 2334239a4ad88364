package io.tappa.loadtests;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample shop. */
final class ShopPack {
    private ShopPack() {}

    static Path folder() {
        var folder = Path.of("rules", "shop");
        return Files.isDirectory(folder) ? folder : Path.of("..").resolve(folder);
    }

    static PackSnapshot snapshot() {
        try {
            return GeneratedPack.compiled(PackFiles.inFolder(folder()));
        } catch (IOException missing) {
            throw new UncheckedIOException("Maybe start the benchmarks in the project's folder.", missing);
        }
    }
}
