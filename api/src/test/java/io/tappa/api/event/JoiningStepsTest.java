package io.tappa.api.event;

import io.tappa.api.ExternalRedis;
import io.tappa.api.Service;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import io.tappa.api.store.redis.RedisStores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class JoiningStepsTest extends JoiningStepsContract {
    private static ExternalRedis redis;
    private static RedisStores stores;

    JoiningStepsTest(Service service) {
        super(service);
    }

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
        stores = RedisStores.open(redis.port(), "steps");
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
        return 8;
    }
}
