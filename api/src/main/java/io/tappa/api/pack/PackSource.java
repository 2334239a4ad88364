package io.tappa.api.pack;

import io.tappa.api.store.TappaSettings;
import io.tappa.engine.pack.PackFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Makes the folder hold these files and no others of a pack. */
    void write(PackFiles files) throws IOException {
        PackFolder.write(Objects.requireNonNull(folder), files);
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
