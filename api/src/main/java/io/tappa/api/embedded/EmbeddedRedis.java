package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real redis-server of our own, its data in a folder; adopted when it outlived an earlier service.
 *
 * <p>It survives a {@code kill -9} of this JVM with all its data. It listens on 127.0.0.1 without a password: whoever may
 * run programs on this machine may read it.
 */
public final class EmbeddedRedis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRedis.class);

    private final RunningRedis redis;
    private final DataLock lock;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedRedis(RunningRedis redis, DataLock lock) {
        this.redis = redis;
        this.lock = lock;
    }

    /**
     * Blocks until the redis-server answers.
     *
     * @throws EmbeddedRedisException when the folder is in use, the machine is not supported, or Redis does not get ready
     */
    public static EmbeddedRedis start(EmbeddedRedisSettings settings) {
        var binary = RedisBinary.forThisMachine();
        var folder = DataFolder.create(settings.data());
        var lock = DataLock.take(folder);
        try {
            var redis = new RedisStarter(settings, folder, binary).adoptOrStart();
            LOG.info("Redis answers on 127.0.0.1:{}, its data are in {}", redis.port(), folder.redis());
            return new EmbeddedRedis(redis, lock);
        } catch (RuntimeException failed) {
            lock.close();
            throw failed;
        }
    }

    public int port() {
        return redis.port();
    }

    /** Whether the redis-server was running before; its port and program are then those of the earlier start. */
    public boolean adopted() {
        return redis.adopted();
    }

    /** The data folder as a real path. */
    public Path data() {
        return redis.folder().data();
    }

    public long pid() {
        return redis.process().pid();
    }

    /** Lets Redis sync its data and end, waits for that, then gives the folder free. A second call does nothing. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        try (lock) {
            redis.stop();
            if (!redis.process().lives()) {
                ServerRecord.delete(redis.folder());
            }
        } catch (IOException harmless) {
            LOG.debug("A stale record stays in {}: {}", data(), harmless.toString());
        }
    }
}
