package io.tappa.api.pack;

import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.TreeMap;

/** Writes packs into folders. */
public final class PackFolder {
    private PackFolder() {}

    /**
     * Makes the folder hold these files and no others of a pack. What is new is written beside first, so that a full disk changes
     * nothing; each file is there as it was or as it will be, never half.
     */
    public static void write(Path to, PackFiles files) throws IOException {
        var present = PackFiles.inFolder(to).contents();
        var beside = new TreeMap<Path, Path>();
        try {
            for (var file : files.contents().entrySet()) {
                if (!file.getValue().equals(present.get(file.getKey()))) {
                    var path = to.resolve(file.getKey());
                    beside.put(path, beside(path));
                    Files.createDirectories(Objects.requireNonNull(path.getParent()));
                    Files.writeString(beside(path), file.getValue());
                }
            }
            for (var file : beside.entrySet()) {
                Files.move(
                        file.getValue(),
                        file.getKey(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            for (var written : beside.values()) {
                Files.deleteIfExists(written);
            }
        }
        for (var name : present.keySet()) {
            if (!files.contents().containsKey(name)) {
                Files.delete(to.resolve(name));
            }
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling("." + file.getFileName() + ".new");
    }
}
