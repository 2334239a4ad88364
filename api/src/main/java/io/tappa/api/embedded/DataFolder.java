package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What lies where in the data folder.
 *
 * @param data the folder as a real path, so that it can be compared with what a redis-server says of itself
 */
record DataFolder(Path data) {
    private static final int TAIL_LINES = 12;
    private static final int TAIL_BYTES = 8_192;

    static DataFolder create(Path data) {
        try {
            var folder = new DataFolder(Files.createDirectories(data).toRealPath());
            folder.createPrivately(folder.redis());
            return folder;
        } catch (IOException unwritable) {
            throw new EmbeddedRedisException("""
                    The data folder %s cannot be created or written to (%s).
                    Maybe it belongs to another user; give this service its own folder with TAPPA_DATA.""".formatted(data.toAbsolutePath(), unwritable), unwritable);
        }
    }

    Path bin() {
        return data.resolve("bin");
    }

    Path redis() {
        return data.resolve("redis");
    }

    Path log() {
        return redis().resolve("redis.log");
    }

    /** The last lines of the log, for a person who wants to know why the redis-server ended. */
    String logTail() {
        try (var file = Files.newByteChannel(log())) {
            file.position(Math.max(0, file.size() - TAIL_BYTES));
            var bytes = Channels.newInputStream(file).readNBytes(TAIL_BYTES);
            var lines = new String(bytes, StandardCharsets.UTF_8).lines().toArray(String[]::new);
            return Arrays.stream(lines, Math.max(0, lines.length - TAIL_LINES), lines.length)
                    .map("  "::concat)
                    .collect(Collectors.joining("\n"));
        } catch (IOException unreadable) {
            return "  (%s cannot be read: %s)".formatted(log(), unreadable);
        }
    }

    /** What visitors did is nobody else's business on a shared machine. */
    private void createPrivately(Path folder) throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            var owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(owner));
        } else {
            Files.createDirectory(folder);
        }
    }
}
