package io.tappa.api.store.redis;

import io.tappa.api.store.CodeStore;
import io.tappa.api.store.Escrow;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The store of one pack in a Redis on this machine, for programs that are not the service. */
public final class RedisStores implements AutoCloseable {
    private final RedisLink redis;
    private final Keys keys;

    private RedisStores(RedisLink redis, Keys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** The store of {@code pack} in the Redis at {@code port} of this machine. */
    public static RedisStores open(int port, String pack) {
        return new RedisStores(RedisLink.to(RedisSettings.EMBEDDED, port), new Keys(pack));
    }

    /** The store of {@code pack} in the cluster at {@code nodes}, such as {@code 127.0.0.1:7000,127.0.0.1:7001}. */
    public static RedisStores cluster(String nodes, String pack) {
        return new RedisStores(RedisLink.to(RedisSettings.cluster(nodes), 0), new Keys(pack));
    }

    /** Its visitors. */
    public VisitorStore visitors() {
        return new RedisVisitorStore(
                redis, keys, InstantSource.system(), RetentionSettings.DEFAULT, new SecureRandom()::nextInt);
    }

    /** Its budgets. */
    public Escrow escrow() {
        return new RedisEscrow(redis, keys);
    }

    /** Its codes. */
    public CodeStore codes() {
        return new RedisCodeStore(redis, keys);
    }

    /** Walks over them. */
    public VisitorWalk walk() {
        return new RedisVisitorWalk(redis, keys);
    }

    @Override
    public void close() {
        redis.close();
    }
}
