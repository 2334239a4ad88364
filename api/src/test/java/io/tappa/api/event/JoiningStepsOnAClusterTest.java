package io.tappa.api.event;

import io.tappa.api.Service;
import io.tappa.api.embedded.RedisServers;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import io.tappa.api.store.redis.RedisStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

/** Three masters: the visitors that become one live on different ones. */
@Timeout(300)
class JoiningStepsOnAClusterTest extends JoiningStepsContract {
    private static RedisServers redis;
    private static RedisStores stores;

    JoiningStepsOnAClusterTest(Service service) {
        super(service);
    }

    @BeforeAll
    static void start() {
        redis = RedisServers.cluster();
        stores = RedisStores.cluster(redis.nodes(), "steps");
    }

    @AfterAll
    static void stop() {
        stores.close();
        redis.close();
    }

    @Override
    VisitorStore store() {
        return stores.visitors();
    }

    @Override
    VisitorWalk walk() {
        return stores.walk();
    }

    @Override
    int depth() {
        return 4;
    }
}
