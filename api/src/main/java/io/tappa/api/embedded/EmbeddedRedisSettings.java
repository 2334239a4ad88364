package io.tappa.api.embedded;

import java.nio.file.Path;

/**
 * Where the embedded redis-server lives and what a power cut may cost.
 *
 * @param data folder of the data, the program, the log and the lock; created when missing; one service at a time
 * @param port port on 127.0.0.1; 0 chooses a free one. A redis-server that is adopted keeps the port it has
 * @param appendFsync {@code everysec} risks up to 2 s of writes when the machine dies; {@code always} risks none, and
 *     every write waits for the disk
 */
public record EmbeddedRedisSettings(Path data, int port, String appendFsync) {
    public EmbeddedRedisSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("""
                    port (%d) of the embedded Redis must be between 0 and 65535.
                    Maybe use 0, which chooses a free one.""".formatted(port));
        }
        if (!appendFsync.equals("everysec") && !appendFsync.equals("always")) {
            throw new IllegalArgumentException("""
                    appendFsync (%s) of the embedded Redis must be everysec or always.
                    Maybe use everysec, which is much faster and risks 2 s of writes.""".formatted(appendFsync));
        }
    }
}
