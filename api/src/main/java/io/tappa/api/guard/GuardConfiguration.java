package io.tappa.api.guard;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.notify.OwnerNews;
import io.tappa.api.pack.LivePack;
import io.tappa.api.pause.LivePauses;
import io.tappa.api.security.Keys;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.DisplayCounts;
import io.tappa.api.store.Escrow;
import io.tappa.api.store.GuardStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Looking after campaigns, codes and placements. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(GuardSettings.class)
class GuardConfiguration {
    @Bean
    Look guardLook(DisplayCounts counts, Escrow escrow, CodeStore codes) {
        return new Look(counts, escrow, codes);
    }

    @Bean
    GuardService guardService(
            Look look,
            GuardStore store,
            LivePauses pauses,
            OwnerNews owner,
            LivePack live,
            ServiceClock clock,
            GuardSettings settings,
            MeterRegistry metrics) {
        var guard = new Guard(store, pauses, owner);
        var rounds = metrics.counter("tappa.guard.rounds");
        return new GuardService(look, guard, store, live, clock, rounds, settings.pause());
    }

    @Bean
    RouterFunction<ServerResponse> findingRoutes(
            Look look, LivePauses pauses, LivePack live, Keys keys, ServiceClock clock) {
        return new FindingRoutes(look, pauses, live, keys, clock).routes();
    }
}
