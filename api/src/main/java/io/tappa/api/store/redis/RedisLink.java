package io.tappa.api.store.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.tappa.api.store.StoreUnavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One shared connection to Redis, tried again until it stands; commands are refused at once while it does not.
 *
 * <p>Lettuce's defaults queue for ever; these settings answer within the command time-out instead. A command that timed
 * out may still run, so every write must be idempotent.
 */
final class RedisLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final int QUEUE = 20_000;

    private final ClientResources resources;
    private final Connector connector;
    private final ScheduledExecutorService connecting =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "redis-connect"));
    private volatile @Nullable Connected connected;
    private volatile @Nullable ScheduledFuture<?> retry;

    private record Connected(
            StatefulConnection<byte[], byte[]> connection, RedisClusterAsyncCommands<byte[], byte[]> commands) {}

    /** One kind of Redis: the client to let go of, and how to connect. */
    private record Connector(AbstractRedisClient client, Supplier<Connected> connect) {}

    private RedisLink(ClientResources resources, Connector connector) {
        this.resources = resources;
        this.connector = connector;
    }

    /** A link to the Redis of {@code settings}, or to the embedded one at {@code embeddedPort}. */
    static RedisLink to(RedisSettings settings, int embeddedPort) {
        var resources = DefaultClientResources.builder()
                .ioThreadPoolSize(2)
                .reconnectDelay(Delay.exponential(10, 500, TimeUnit.MILLISECONDS, 2))
                .build();
        var cluster = settings.cluster();
        var connector = cluster == null
                ? single(resources, uri(settings, embeddedPort), settings.patience())
                : cluster(
                        resources,
                        cluster.nodes().stream()
                                .map(node -> uri(settings, node))
                                .toList(),
                        settings.patience());
        var link = new RedisLink(resources, connector);
        link.connect();
        return link;
    }

    private static RedisURI uri(RedisSettings settings, int embeddedPort) {
        var host = settings.host();
        return host == null ? uri(settings, "127.0.0.1:" + embeddedPort) : uri(settings, host + ":" + settings.port());
    }

    private static RedisURI uri(RedisSettings settings, String node) {
        int colon = node.lastIndexOf(':');
        var uri = RedisURI.builder()
                .withHost(node.substring(0, colon))
                .withPort(Integer.parseInt(node.substring(colon + 1)))
                .withSsl(settings.ssl().enabled())
                .withTimeout(settings.patience());
        var password = settings.password();
        var username = settings.username();
        if (password != null && username != null) {
            uri.withAuthentication(username, password.toCharArray());
        } else if (password != null) {
            uri.withPassword(password.toCharArray());
        }
        return uri.build();
    }

    private static Connector single(ClientResources resources, RedisURI uri, Duration timeout) {
        var client = RedisClient.create(resources, uri);
        client.setOptions(patient(ClientOptions.builder(), timeout).build());
        return new Connector(client, () -> {
            var connection = client.connect(ByteArrayCodec.INSTANCE);
            return new Connected(connection, connection.async());
        });
    }

    private static Connector cluster(ClientResources resources, List<RedisURI> uris, Duration timeout) {
        var client = RedisClusterClient.create(resources, uris);
        var options = ClusterClientOptions.builder()
                .nodeFilter(node -> !node.is(NodeFlag.FAIL) && !node.is(NodeFlag.NOADDR))
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .adaptiveRefreshTriggersTimeout(Duration.ofMillis(250))
                        .enablePeriodicRefresh(Duration.ofSeconds(1))
                        .build());
        patient(options, timeout);
        client.setOptions(options.build());
        return new Connector(client, () -> {
            var connection = client.connect(ByteArrayCodec.INSTANCE);
            connectToMasters(connection);
            return new Connected(connection, connection.async());
        });
    }

    /** Commands are rejected until the connection to their node stands, and Lettuce makes it with the first of them. */
    private static void connectToMasters(StatefulRedisClusterConnection<byte[], byte[]> cluster) {
        var connecting = cluster.getPartitions().stream()
                .filter(node -> node.getRole().isUpstream())
                .map(RedisClusterNode::getUri)
                .map(uri -> cluster.getConnectionAsync(uri.getHost(), uri.getPort()))
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(connecting).exceptionally(away -> null).join();
    }

    private static ClientOptions.Builder patient(ClientOptions.Builder options, Duration timeout) {
        return options.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .timeoutOptions(TimeoutOptions.enabled(timeout))
                .requestQueueSize(QUEUE)
                .socketOptions(socket());
    }

    private static SocketOptions socket() {
        return SocketOptions.builder()
                .connectTimeout(CONNECT)
                .keepAlive(SocketOptions.KeepAliveOptions.builder()
                        .enable()
                        .idle(Duration.ofSeconds(5))
                        .interval(Duration.ofSeconds(1))
                        .count(3)
                        .build())
                .build();
    }

    private void connect() {
        try {
            connected = connector.connect().get();
        } catch (RedisException notThere) {
            LOG.warn("Redis does not answer; trying again: {}", notThere.getMessage());
            retry = connecting.schedule(this::connect, 500, TimeUnit.MILLISECONDS);
        }
    }

    /** Runs one command; every failure is a {@link StoreUnavailable}. */
    <T> Mono<T> run(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return Mono.fromCompletionStage(() -> {
                    var now = connected;
                    if (now == null) {
                        throw new StoreUnavailable("Redis was never reached");
                    }
                    return command.apply(now.commands());
                })
                .onErrorMap(RedisLink::isRedis, failed -> new StoreUnavailable("Redis failed: " + failed, failed));
    }

    private static boolean isRedis(Throwable failure) {
        return failure instanceof RedisException
                || failure instanceof IOException
                || failure instanceof CompletionException
                || failure instanceof CancellationException;
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        var pending = retry;
        if (pending != null) {
            pending.cancel(false);
        }
        connecting.shutdownNow();
        var now = connected;
        if (now != null) {
            now.connection().close();
        }
        connector.client().shutdown(0, 1, TimeUnit.SECONDS);
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
