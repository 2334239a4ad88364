package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the next start must know to find a redis-server that outlived its service; a hint to be verified, never a fact.
 *
 * @param pid 0 while the redis-server is being started
 * @param port on 127.0.0.1
 */
record ServerRecord(long pid, int port) {
    private static final Pattern FORM = Pattern.compile("pid=(\\d{1,10})\\R+port=(\\d{1,5})\\s*");

    static Optional<ServerRecord> read(DataFolder folder) {
        try {
            var record = FORM.matcher(Files.readString(file(folder)));
            return record.matches()
                    ? Optional.of(new ServerRecord(Long.parseLong(record.group(1)), Integer.parseInt(record.group(2))))
                    : Optional.empty();
        } catch (IOException missingOrNoText) {
            return Optional.empty();
        }
    }

    void write(DataFolder folder) throws IOException {
        var unfinished = folder.data().resolve("redis.properties.tmp");
        Files.writeString(unfinished, "pid=%d\nport=%d\n".formatted(pid, port));
        Files.move(unfinished, file(folder), StandardCopyOption.ATOMIC_MOVE);
    }

    static void delete(DataFolder folder) throws IOException {
        Files.deleteIfExists(file(folder));
    }

    private static Path file(DataFolder folder) {
        return folder.data().resolve("redis.properties");
    }
}
