package io.tappa.loadtests;

import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.tappa.api.embedded.EmbeddedRedis;
import io.tappa.api.embedded.EmbeddedRedisSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** A real Redis in a folder that is deleted afterwards, and what it says about itself. */
final class RedisAtWork implements AutoCloseable {
    private static final Pattern SCRIPTS =
            Pattern.compile("cmdstat_evalsha:calls=(\\d+),usec=(\\d+),usec_per_call=([0-9.]+)");

    private static final Pattern MEMORY = Pattern.compile("used_memory:(\\d+)");

    private final Path folder;
    private final EmbeddedRedis redis;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;

    RedisAtWork() throws IOException {
        this.folder = Files.createTempDirectory("tappa-bench");
        this.redis = EmbeddedRedis.start(new EmbeddedRedisSettings(folder.resolve("data"), 0, "everysec"));
        this.client = RedisClient.create(RedisURI.create("127.0.0.1", redis.port()));
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
    }

    int port() {
        return redis.port();
    }

    Path folder() {
        return folder;
    }

    StatefulRedisConnection<byte[], byte[]> connection() {
        return connection;
    }

    RedisCommands<byte[], byte[]> commands() {
        return connection.sync();
    }

    /** Begins to count anew. */
    void forgetStatistics() {
        commands().configResetstat();
    }

    /** Time that one script took on the server since the last count, in microseconds. */
    double microsPerScript() {
        var matcher = SCRIPTS.matcher(commands().info("commandstats"));
        if (!matcher.find()) {
            throw new IllegalStateException("No script ran.");
        }
        return Double.parseDouble(matcher.group(3));
    }

    /** What its data take, in bytes. */
    long usedMemory() {
        var matcher = MEMORY.matcher(commands().info("memory"));
        if (!matcher.find()) {
            throw new IllegalStateException("Redis does not tell its memory.");
        }
        return Long.parseLong(matcher.group(1));
    }

    /** All keys like {@code pattern}. */
    List<byte[]> keys(String pattern) {
        var keys = new java.util.ArrayList<byte[]>();
        var like = ScanArgs.Builder.matches(pattern).limit(1_000);
        KeyScanCursor<byte[]> cursor = commands().scan(like);
        keys.addAll(cursor.getKeys());
        while (!cursor.isFinished()) {
            cursor = commands().scan(cursor, like);
            keys.addAll(cursor.getKeys());
        }
        return keys;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown();
        redis.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException stays) {
            throw new UncheckedIOException(stays);
        }
    }
}
