package io.tappa.api.pack;

import io.tappa.api.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A copy of the sample pack that a test may edit. */
public final class ShopCopy implements AutoCloseable {
    private static final Path SHOP = Path.of("..", "rules", "shop");

    private final Path folder = Service.temporaryFolder();

    public ShopCopy() {
        try (var files = Files.walk(SHOP)) {
            files.filter(Files::isRegularFile).forEach(this::copy);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void copy(Path file) {
        try {
            var to = folder.resolve(SHOP.relativize(file).toString());
            Files.createDirectories(to.getParent());
            Files.copy(file, to);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As {@code serve} takes it. */
    public String setting() {
        return "--tappa.pack-folder=" + folder;
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Saves a file after {@code old} was replaced in it. */
    public void replace(String file, String old, String with) throws IOException {
        var path = folder.resolve(file);
        var content = Files.readString(path);
        if (!content.contains(old)) {
            throw new IllegalArgumentException("""
                    %s does not contain %s.
                    Maybe the sample pack has changed.""".formatted(file, old));
        }
        Files.writeString(path, content.replace(old, with));
    }

    /** Saves a file of this content. */
    public void write(String file, String content) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Empties a folder of the pack, and saves one file there unless {@code file} is null. */
    public void only(String inFolder, @Nullable String file, String content) {
        Service.delete(folder.resolve(inFolder));
        if (file != null) {
            write(inFolder + "/" + file, content);
        }
    }

    /** Takes out campaigns, experiments, codes and scenarios, for a shop with offers of its own. */
    public void onlyOwnOffers() {
        for (var what : List.of("campaigns", "experiments.yaml", "codes", "scenarios")) {
            only(what, null, "");
        }
    }

    @Override
    public void close() {
        Service.delete(folder);
    }
}
