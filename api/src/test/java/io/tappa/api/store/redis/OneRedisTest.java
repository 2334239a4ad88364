package io.tappa.api.store.redis;

import io.tappa.api.ExternalRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OneRedisTest extends VisitorStoreContract {
    private static ExternalRedis redis;

    @BeforeAll
    static void start() {
        redis = new ExternalRedis().start();
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    RedisSettings settings() {
        return new RedisSettings(
                "127.0.0.1", redis.port(), null, null, new RedisSettings.Ssl(false), null, Duration.ofSeconds(10));
    }
}
