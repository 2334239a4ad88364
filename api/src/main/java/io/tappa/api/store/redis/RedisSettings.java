package io.tappa.api.store.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Redis, Valkey or Cluster to use, under {@code spring.data.redis}; without a host an embedded one is started.
 *
 * @param host its host, or null for the embedded one. Environment: SPRING_DATA_REDIS_HOST
 * @param port its port
 * @param username who we are there, or null
 * @param password the word for it, or null
 * @param ssl how the connection is secured
 * @param cluster nodes of a cluster, or null for a single server
 * @param timeout how long one command may take before the store counts as unavailable; by default 300 ms, and 2 s for the
 *     embedded one, which shares this machine
 */
@ConfigurationProperties("spring.data.redis")
public record RedisSettings(
        @Nullable String host,
        @DefaultValue("6379") int port,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue Ssl ssl,
        @Nullable Cluster cluster,
        @Nullable Duration timeout) {
    static final RedisSettings EMBEDDED = new RedisSettings(null, 0, null, null, new Ssl(false), null, null);

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final Duration EMBEDDED_PATIENCE = Duration.ofSeconds(2);

    /**
     * How the connection is secured.
     *
     * @param enabled whether TLS is spoken
     */
    public record Ssl(@DefaultValue("false") boolean enabled) {}

    /**
     * A cluster.
     *
     * @param nodes some of its nodes, as {@code host:port}
     */
    public record Cluster(List<String> nodes) {
        public Cluster {
            nodes = List.copyOf(nodes);
        }
    }

    /** A cluster, of which {@code nodes} names some, separated by commas. */
    static RedisSettings cluster(String nodes) {
        var cluster = new Cluster(Arrays.asList(nodes.split(",", -1)));
        return new RedisSettings(null, 0, null, null, new Ssl(false), cluster, Duration.ofSeconds(10));
    }

    /** How long one command may take. */
    Duration patience() {
        if (timeout != null) {
            return timeout;
        }
        return external() ? PATIENCE : EMBEDDED_PATIENCE;
    }

    /** Whether a Redis of the operator's is named, so that no embedded one is started. */
    public boolean external() {
        return host != null || cluster != null;
    }
}
