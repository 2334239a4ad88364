package io.tappa.api.embedded;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adopts the redis-server of a data folder, or starts one. The caller holds the lock of the folder. */
final class RedisStarter {
    private static final Logger LOG = LoggerFactory.getLogger(RedisStarter.class);
    private static final Duration SURVIVOR_LIMIT = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 3;
    /** One at a time: a fork while another thread still writes its program makes that program "busy" (ETXTBSY). */
    private static final Object ONE_FORK = new Object();

    private final EmbeddedRedisSettings settings;
    private final DataFolder folder;
    private final RedisBinary binary;

    RedisStarter(EmbeddedRedisSettings settings, DataFolder folder, RedisBinary binary) {
        this.settings = settings;
        this.folder = folder;
        this.binary = binary;
    }

    RunningRedis adoptOrStart() {
        var survivor = survivor();
        return survivor.isPresent() ? adopt(survivor.get()) : start();
    }

    /**
     * The redis-server that an earlier service left behind. One that runs but does not answer is waited for, then refused:
     * two of them on the same files would destroy the data.
     */
    private Optional<RunningRedis> survivor() {
        var record = ServerRecord.read(folder).orElse(null);
        if (record == null) {
            return Optional.empty();
        }
        var patience = Deadline.in(SURVIVOR_LIMIT);
        while (true) {
            var found = RunningRedis.find(folder, record.port());
            var process = RedisProcess.of(record.pid()).filter(known -> known.runsFrom(folder.bin()));
            if (found.isPresent() || process.isEmpty()) {
                return found;
            }
            if (patience.passed()) {
                throw new RunningRedis(folder, process.get(), record.port(), true).silent();
            }
            Deadline.pause();
        }
    }

    private RunningRedis adopt(RunningRedis survivor) {
        LOG.info(
                "Adopting the Redis in {} (pid {})",
                folder.redis(),
                survivor.process().pid());
        survivor.awaitReady();
        survivor.appendFsync(settings.appendFsync());
        record(survivor.process().pid(), survivor.port());
        return survivor;
    }

    /** A port found free may be gone a moment later, so a chosen one is given up for another. */
    private RunningRedis start() {
        for (var attempt = 1; ; attempt++) {
            var started = startOn(freePort());
            try {
                started.awaitReady();
                return verified(started);
            } catch (EmbeddedRedisException failed) {
                var portTaken = folder.logTail().contains("Address already in use");
                if (!portTaken || settings.port() != 0 || attempt == ATTEMPTS) {
                    throw failed;
                }
                LOG.info("Port {} was taken in the meantime; trying another", started.port());
            }
        }
    }

    /** Records the port before the process exists, so that a kill in between leaves no redis-server unknown. */
    private RunningRedis startOn(int port) {
        try {
            record(0, port);
            RedisProcess process;
            synchronized (ONE_FORK) {
                process = RedisProcess.start(binary.installIn(folder.bin()), options(port), folder.log());
            }
            record(process.pid(), port);
            return new RunningRedis(folder, process, port, false);
        } catch (IOException failed) {
            throw new EmbeddedRedisException("""
                    The program in %s could not be started (%s).
                    Maybe programs may not run from there (noexec); choose another folder with TAPPA_DATA, or point at a \
                    Redis: --spring.data.redis.host=…""".formatted(folder.bin(), failed), failed);
        }
    }

    /** Somebody else's Redis may answer on the port while ours fails to get it. */
    private RunningRedis verified(RunningRedis started) {
        if (RunningRedis.find(folder, started.port()).isPresent()) {
            return started;
        }
        started.stop();
        throw started.ended();
    }

    private List<String> options(int port) {
        return List.of(
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--dir",
                folder.redis().toString(),
                "--logfile",
                folder.log().toString(),
                "--appendonly",
                "yes",
                "--appendfsync",
                settings.appendFsync(),
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--daemonize",
                "no");
    }

    private int freePort() {
        try (var socket = new ServerSocket()) {
            socket.bind(RespConnection.loopback(settings.port()));
            return socket.getLocalPort();
        } catch (IOException taken) {
            throw new EmbeddedRedisException("""
                    Port %d on 127.0.0.1 is not free for the embedded Redis (%s).
                    Maybe use port 0, which chooses a free one.""".formatted(settings.port(), taken), taken);
        }
    }

    private void record(long pid, int port) {
        try {
            new ServerRecord(pid, port).write(folder);
        } catch (IOException unwritable) {
            throw new EmbeddedRedisException("""
                    The data folder %s cannot be written to (%s).
                    Maybe the disk is full, or the folder belongs to another user.""".formatted(folder.data(), unwritable), unwritable);
        }
    }
}
