package io.tappa.api.store.redis;

import io.tappa.api.ExternalRedis;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Tests of a store on a Redis of their own, which is empty when each begins. */
abstract class OnRedis {
    private static ExternalRedis server;

    RedisLink redis;

    @BeforeAll
    static void start() {
        server = new ExternalRedis().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        redis = RedisLink.to(
                new RedisSettings(
                        "127.0.0.1",
                        server.port(),
                        null,
                        null,
                        new RedisSettings.Ssl(false),
                        null,
                        Duration.ofSeconds(10)),
                0);
    }

    @AfterEach
    void disconnect() {
        redis.run(commands -> commands.flushall()).block();
        redis.close();
    }
}
