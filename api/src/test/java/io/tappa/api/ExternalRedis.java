package io.tappa.api;

import io.tappa.api.embedded.EmbeddedRedis;
import io.tappa.api.embedded.EmbeddedRedisSettings;
import io.tappa.api.event.ServiceClock;
import io.tappa.engine.identity.Hashes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis of the operator's: services that use it are not local. It can be away, killed, and come back with its data. */
public final class ExternalRedis implements AutoCloseable {
    /** A publishable key of services on it. */
    public static final String PUBLISHABLE = "pk_page";
    /** A secret key of services on it. */
    public static final String SECRET = "sk_server";
    /** With what a site proves a userId to services on it. */
    public static final String IDENTITY_SECRET = "known to the site's server";

    private final Path data = Service.temporaryFolder();
    private final int port = freePort();
    private @Nullable EmbeddedRedis redis;

    /** Starts it, with the data it had. */
    public ExternalRedis start() {
        redis = EmbeddedRedis.start(new EmbeddedRedisSettings(data, port, "everysec"));
        return this;
    }

    /** It dies as by {@code kill -9}. */
    public void kill() {
        var running = redis;
        if (running != null) {
            var process = ProcessHandle.of(running.pid()).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
            running.close();
        }
    }

    public int port() {
        return port;
    }

    /** Starts a service on it. */
    public Service service(String... settings) {
        return serviceWith(here(settings));
    }

    /** The same with another clock. */
    public Service serviceAt(ServiceClock clock, String... settings) {
        return Service.startAt(clock, withKeys(here(settings)));
    }

    /** What a service in a JVM of its own needs to be one on it. */
    public String[] settings(String... settings) {
        return withKeys(here(settings));
    }

    private String[] here(String... settings) {
        var all = new ArrayList<>(List.of("--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + port));
        all.addAll(List.of(settings));
        return all.toArray(String[]::new);
    }

    /** Starts a service with keys of its own on the Redis that {@code settings} name. */
    public static Service serviceWith(String... settings) {
        return Service.start(withKeys(settings));
    }

    private static String[] withKeys(String... settings) {
        var all = new ArrayList<>(List.of(
                "--tappa.security.identity-secret=" + IDENTITY_SECRET,
                "--tappa.security.keys[0].id=page",
                "--tappa.security.keys[0].hash=" + hash(PUBLISHABLE),
                "--tappa.security.keys[0].kind=publishable",
                "--tappa.security.keys[1].id=server",
                "--tappa.security.keys[1].hash=" + hash(SECRET),
                "--tappa.security.keys[1].kind=secret"));
        all.addAll(List.of(settings));
        return all.toArray(String[]::new);
    }

    @Override
    public void close() {
        var running = redis;
        if (running != null) {
            running.close();
        }
        Service.delete(data);
    }

    private static String hash(String key) {
        return Hashes.hex(key.getBytes(StandardCharsets.UTF_8));
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
