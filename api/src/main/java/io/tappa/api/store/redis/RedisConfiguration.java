package io.tappa.api.store.redis;

import io.tappa.api.embedded.EmbeddedRedis;
import io.tappa.api.embedded.EmbeddedRedisSettings;
import io.tappa.api.store.AnswerTotals;
import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.CatchUpStore;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.DraftStore;
import io.tappa.api.store.Escrow;
import io.tappa.api.store.EventLedger;
import io.tappa.api.store.GuardStore;
import io.tappa.api.store.ImportJobs;
import io.tappa.api.store.LogWalk;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.PauseStore;
import io.tappa.api.store.ProductStore;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.SalesCounts;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.SuppressionStore;
import io.tappa.api.store.SurroundingsStore;
import io.tappa.api.store.TallyTotals;
import io.tappa.api.store.TappaSettings;
import io.tappa.api.store.TimerQueue;
import io.tappa.api.store.TurnedLogs;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Builds the store: over the operator's Redis where one is named, else over an embedded one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RedisSettings.class, RetentionSettings.class, TappaSettings.class})
class RedisConfiguration {
    @Bean
    @Conditional(WithoutExternalRedis.class)
    EmbeddedRedis embeddedRedis(TappaSettings settings) {
        return EmbeddedRedis.start(new EmbeddedRedisSettings(settings.data(), 0, settings.appendFsync()));
    }

    @Bean
    RedisLink redisLink(RedisSettings settings, ObjectProvider<EmbeddedRedis> embedded) {
        @Nullable EmbeddedRedis own = embedded.getIfAvailable();
        return RedisLink.to(settings, own == null ? 0 : own.port());
    }

    @Bean
    Keys redisKeys(TappaSettings settings) {
        return new Keys(settings.pack());
    }

    @Bean
    VisitorStore visitorStore(RedisLink redis, Keys keys, InstantSource clock, RetentionSettings retention) {
        return new RedisVisitorStore(redis, keys, clock, retention, new SecureRandom()::nextInt);
    }

    @Bean
    VisitorWalk visitorWalk(RedisLink redis, Keys keys) {
        return new RedisVisitorWalk(redis, keys);
    }

    @Bean
    LogWalk logWalk(RedisLink redis, Keys keys) {
        return new RedisLogWalk(redis, keys);
    }

    @Bean
    SurroundingsStore surroundingsStore(RedisLink redis, Keys keys) {
        return new RedisSurroundingsStore(redis, keys);
    }

    @Bean
    TallyTotals tallyTotals(RedisLink redis, Keys keys) {
        return new RedisTallyTotals(redis, keys);
    }

    @Bean
    AnswerTotals answerTotals(RedisLink redis, Keys keys) {
        return new RedisAnswerTotals(redis, keys);
    }

    @Bean
    TimerQueue timerQueue(RedisLink redis, Keys keys) {
        return new RedisTimerQueue(redis, keys);
    }

    @Bean
    PackStore packStore(RedisLink redis, Keys keys) {
        return new RedisPackStore(redis, keys);
    }

    @Bean
    DraftStore draftStore(RedisLink redis, Keys keys) {
        return new RedisDraftStore(redis, keys);
    }

    @Bean
    CatchUpStore catchUpStore(RedisLink redis, Keys keys) {
        return new RedisCatchUpStore(redis, keys);
    }

    @Bean
    TurnedLogs turnedLogs(RedisLink redis, Keys keys) {
        return new RedisTurnedLogs(redis, keys);
    }

    @Bean
    ArchiveStore archiveStore(RedisLink redis, Keys keys) {
        return new RedisArchiveStore(redis, keys);
    }

    @Bean
    EventLedger eventLedger(RedisLink redis, Keys keys, RetentionSettings retention) {
        return new RedisEventLedger(redis, keys, retention);
    }

    @Bean
    ImportJobs importJobs(RedisLink redis, Keys keys, RetentionSettings retention) {
        return new RedisImportJobs(redis, keys, retention);
    }

    @Bean
    ProductStore productStore(RedisLink redis, Keys keys) {
        return new RedisProductStore(redis, keys);
    }

    @Bean
    SuppressionStore suppressionStore(RedisLink redis, Keys keys) {
        return new RedisSuppressionStore(redis, keys);
    }

    @Bean
    Escrow escrow(RedisLink redis, Keys keys) {
        return new RedisEscrow(redis, keys);
    }

    @Bean
    CodeStore codeStore(RedisLink redis, Keys keys) {
        return new RedisCodeStore(redis, keys);
    }

    @Bean
    DisplayCounts displayCounts(RedisLink redis, Keys keys) {
        return new RedisDisplayCounts(redis, keys);
    }

    @Bean
    SalesCounts salesCounts(RedisLink redis, Keys keys) {
        return new RedisSalesCounts(redis, keys);
    }

    @Bean
    GuardStore guardStore(RedisLink redis, Keys keys) {
        return new RedisGuardStore(redis, keys);
    }

    @Bean
    PauseStore pauseStore(RedisLink redis, Keys keys, InstantSource clock) {
        return new RedisPauseStore(redis, keys, clock);
    }

    /** Ready only while Redis answers, and only if its data are laid out in as many shards as we know. */
    @Bean
    ReactiveHealthIndicator redisHealthIndicator(RedisLink redis, Keys keys) {
        var shards = new Shards(redis, keys);
        return () -> shards.agree()
                .map(agree -> agree
                        ? Health.up().build()
                        : Health.down().withDetail("shards", "differ").build())
                .onErrorResume(
                        StoreUnavailable.class, away -> Mono.just(Health.down().build()));
    }
}
