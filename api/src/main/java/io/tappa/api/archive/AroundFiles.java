package io.tappa.api.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What surrounded decisions, in files of their own beside those of the hours, each named by its hash: {@code around/<hash>.json.gz}.
 * Nothing in them is about a person.
 *
 * <p>Whatever blocks here must not run on a thread of the event loop.
 */
final class AroundFiles {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{16}");
    private static final String SUFFIX = ".json.gz";

    private final Path folder;

    AroundFiles(Path archive) {
        this.folder = archive.resolve("around");
    }

    private @Nullable Path file(String hash) {
        return HASH.matcher(hash).matches() ? folder.resolve(hash + SUFFIX) : null;
    }

    /** Whether they are here; if so, they stay as long as what is archived at {@code nowMillis}, in milliseconds since 1970. */
    boolean stays(String hash, long nowMillis) throws IOException {
        var file = file(hash);
        if (file == null || !Files.exists(file)) {
            return false;
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(nowMillis));
        return true;
    }

    /** Keeps them as long as what is archived at {@code nowMillis}. */
    void keep(String hash, String json, long nowMillis) throws IOException {
        var file = file(hash);
        if (file == null) {
            return;
        }
        ArchiveFolder.createPrivately(folder);
        var written = folder.resolve(hash + "." + UUID.randomUUID());
        try (var stream = new GZIPOutputStream(Files.newOutputStream(written))) {
            stream.write(json.getBytes(StandardCharsets.UTF_8));
        }
        Files.setLastModifiedTime(written, FileTime.fromMillis(nowMillis));
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is kept under the hash, or null. */
    @Nullable
    String find(String hash) throws IOException {
        var file = file(hash);
        if (file == null) {
            return null;
        }
        try (var stream = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (NoSuchFileException none) {
            return null;
        }
    }

    /** Deletes those that nothing names which was archived since {@code millis}, in milliseconds since 1970. */
    void deleteBefore(long millis) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                if (Files.getLastModifiedTime(file).toMillis() < millis) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
