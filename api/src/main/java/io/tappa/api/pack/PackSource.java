package io.tappa.api.pack;

import io.tappa.api.store.TappaSettings;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Where the files of a pack come from: a folder, or the sample inside the jar. */
final class PackSource {
    private final String pack;
    private final @Nullable Path folder;

    PackSource(TappaSettings settings) {
        this.pack = settings.pack();
        var usual = Path.of("rules", settings.pack());
        var named = settings.packFolder();
        this.folder = named != null ? named : Files.isDirectory(usual) ? usual : null;
    }

    /** The folder, or null where the sample inside the jar is served. */
    @Nullable
    Path folder() {
        return folder;
    }

    /** The files as they are now. */
    PackFiles read() throws IOException {
        return folder == null ? inJar() : PackFiles.inFolder(folder);
    }

    /**
     * Makes the folder hold these files and no others of a pack. What is new is written beside first, so that a full disk changes
     * nothing; each file is there as it was or as it will be, never half.
     */
    void write(PackFiles files) throws IOException {
        var to = Objects.requireNonNull(folder);
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

    private PackFiles inJar() throws IOException {
        var root = "packs/" + pack + "/";
        var contents = new TreeMap<String, String>();
        for (var resource : new PathMatchingResourcePatternResolver().getResources("classpath*:" + root + "**/*.*")) {
            var url = resource.getURL().toString();
            var name = url.substring(url.lastIndexOf(root) + root.length());
            if (PackFiles.belongs(name)) {
                contents.put(name, resource.getContentAsString(StandardCharsets.UTF_8));
            }
        }
        return new PackFiles(contents);
    }

    @Override
    public String toString() {
        return folder == null ? "the sample pack in the jar" : folder.toString();
    }
}
