package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to use a data folder: one service at a time, gone with the service however that ends.
 *
 * <p>The pid of the holder stands in a sibling file. On POSIX a process loses its lock as soon as it closes <em>any</em>
 * descriptor of the locked file, so nothing here may open that file twice: {@link #HELD} turns a second start in this
 * JVM away before it gets that far.
 */
final class DataLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DataLock.class);
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path data;
    private final FileChannel channel;

    private DataLock(Path data, FileChannel channel) {
        this.data = data;
        this.channel = channel;
    }

    static DataLock take(DataFolder folder) {
        var data = folder.data();
        if (!HELD.add(data)) {
            throw refusal(data);
        }
        var lock = tryLock(data);
        if (lock == null) {
            HELD.remove(data);
            throw refusal(data);
        }
        return lock;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(holder(data));
            channel.close();
        } catch (IOException stuck) {
            LOG.warn("The lock of {} was not released cleanly: {}", data, stuck.toString());
        } finally {
            HELD.remove(data);
        }
    }

    private static @Nullable DataLock tryLock(Path data) {
        try {
            var channel = FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                return null;
            }
            Files.writeString(
                    holder(data), Long.toString(ProcessHandle.current().pid()));
            return new DataLock(data, channel);
        } catch (OverlappingFileLockException heldByAnotherClassLoader) {
            return null;
        } catch (IOException failed) {
            HELD.remove(data);
            throw new EmbeddedRedisException("""
                    The data folder %s cannot be locked (%s).
                    Maybe it is on a network drive; give this service a local folder with TAPPA_DATA.""".formatted(data, failed), failed);
        }
    }

    private static EmbeddedRedisException refusal(Path data) {
        return new EmbeddedRedisException("""
                The data folder %s is in use by another service (pid %s).
                Maybe stop the other service, or give this one its own folder with TAPPA_DATA.""".formatted(data, holderOf(data)));
    }

    private static String holderOf(Path data) {
        try {
            return Files.readString(holder(data)).strip();
        } catch (IOException notYetWritten) {
            return "unknown";
        }
    }

    private static Path holder(Path data) {
        return data.resolve("lock.pid");
    }
}
