package io.tappa.api.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The redis-server of a data folder, by its process and its port.
 *
 * @param adopted whether it was there before us
 */
record RunningRedis(DataFolder folder, RedisProcess process, int port, boolean adopted) {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRedis.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BETWEEN_REPORTS = Duration.ofSeconds(2);
    private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(20);
    private static final Duration SIGNAL_LIMIT = Duration.ofSeconds(5);
    private static final Pattern PID = Pattern.compile("process_id:(\\d+)");
    private static final Pattern LOADED_BYTES = Pattern.compile("loading_loaded_bytes:(\\d+)");
    private static final Pattern LOADED_PERCENT = Pattern.compile("loading_loaded_perc:([\\d.]+)");

    /** The redis-server on {@code port} if it keeps its data in {@code folder}; any other is none of our business. */
    static Optional<RunningRedis> find(DataFolder folder, int port) {
        try (var redis = RespConnection.open(port)) {
            var dir = redis.call("CONFIG", "GET", "dir");
            if (dir.size() < 2 || !Files.isSameFile(Path.of(dir.get(1)), folder.redis())) {
                return Optional.empty();
            }
            return number(PID, String.join("", redis.call("INFO", "server")))
                    .flatMap(RedisProcess::of)
                    .map(process -> new RunningRedis(folder, process, port, true));
        } catch (IOException | InvalidPathException notOurs) {
            return Optional.empty();
        }
    }

    /** Returns once PING is answered. Loading may take as long as it goes on; standing still may not. */
    void awaitReady() {
        var patience = Deadline.in(PATIENCE);
        var nextReport = Deadline.in(BETWEEN_REPORTS);
        var loaded = -1L;
        while (!answersPing()) {
            if (!process.lives()) {
                throw ended();
            }
            var info = persistence();
            var nowLoaded = number(LOADED_BYTES, info).orElse(0L);
            if (nowLoaded > loaded) {
                loaded = nowLoaded;
                patience = Deadline.in(PATIENCE);
            }
            if (patience.passed()) {
                throw silent();
            }
            if (nextReport.passed()) {
                LOG.info("Redis in {} is still loading its data: {} %", folder.redis(), percent(info));
                nextReport = Deadline.in(BETWEEN_REPORTS);
            }
            Deadline.pause();
        }
    }

    void appendFsync(String wanted) {
        try (var redis = RespConnection.open(port)) {
            if (!redis.call("CONFIG", "GET", "appendfsync").contains(wanted)) {
                redis.call("CONFIG", "SET", "appendfsync", wanted);
                LOG.info("Redis on port {} now runs with appendfsync {}", port, wanted);
            }
        } catch (IOException refused) {
            throw new EmbeddedRedisException("""
                    The Redis in %s did not take appendfsync %s (%s).
                    Maybe stop it (pid %d) and start again.""".formatted(folder.redis(), wanted, refused, process.pid()), refused);
        }
    }

    /**
     * Asks it to sync and end, and waits; never kills it, for a slow disk may be all that is wrong. Looks who answers
     * first: a port that ours gave up may be somebody else's Redis by now.
     */
    void stop() {
        if (find(folder, port).isPresent()) {
            sayShutdown();
        } else {
            process.handle().destroy();
        }
        if (!process.endsWithin(SHUTDOWN_LIMIT) && process.handle().destroy() && !process.endsWithin(SIGNAL_LIMIT)) {
            LOG.warn("Redis in {} (pid {}) is still busy; the next start adopts it.", folder.redis(), process.pid());
        }
    }

    EmbeddedRedisException ended() {
        return new EmbeddedRedisException("""
                The Redis in %s ended while it started. The last lines of %s:
                %s
                Maybe the disk is full, the data are damaged or programs may not run there; repair it, or choose another \
                folder with TAPPA_DATA.""".formatted(folder.redis(), folder.log(), folder.logTail()));
    }

    EmbeddedRedisException silent() {
        return new EmbeddedRedisException(
                """
                The Redis in %s (pid %d, port %d) runs but does not get ready. The last lines of %s:
                %s
                Maybe the disk is overloaded; wait and start again, or stop that process first.""".formatted(folder.redis(), process.pid(), port, folder.log(), folder.logTail()));
    }

    private void sayShutdown() {
        try (var redis = RespConnection.open(port)) {
            redis.call("SHUTDOWN");
        } catch (RespError refused) {
            LOG.warn("Redis on port {} refuses to shut down: {}", port, refused.getMessage());
            process.handle().destroy();
        } catch (IOException hungUp) {
            LOG.debug("Redis on port {} hung up, as it does when it ends", port);
        }
    }

    private boolean answersPing() {
        try (var redis = RespConnection.open(port)) {
            return redis.call("PING").contains("PONG");
        } catch (IOException notYet) {
            return false;
        }
    }

    private String persistence() {
        try (var redis = RespConnection.open(port)) {
            return String.join("", redis.call("INFO", "persistence"));
        } catch (IOException notYet) {
            return "";
        }
    }

    private static String percent(String info) {
        var percent = LOADED_PERCENT.matcher(info);
        return percent.find() ? percent.group(1) : "?";
    }

    private static Optional<Long> number(Pattern field, String info) {
        var found = field.matcher(info);
        return found.find() ? Optional.of(Long.parseLong(found.group(1))) : Optional.empty();
    }
}
