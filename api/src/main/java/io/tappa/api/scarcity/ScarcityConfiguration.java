package io.tappa.api.scarcity;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.event.BeforeWriting;
import io.tappa.api.pack.LivePack;
import io.tappa.api.record.Records;
import io.tappa.api.security.Keys;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.Escrow;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Budgets and codes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReserveSettings.class)
class ScarcityConfiguration {
    @Bean
    Reservations reservations(Escrow escrow, CodeStore codes, ReserveSettings settings, MeterRegistry metrics) {
        return new Reservations(escrow, codes, settings.life(), metrics);
    }

    @Bean
    BeforeWriting confirmations(Escrow escrow, Records records, MeterRegistry metrics) {
        return new Exposures(escrow, records, metrics);
    }

    @Bean
    RouterFunction<ServerResponse> scarcityRoutes(CodeStore codes, LivePack live, Keys keys) {
        return new ScarcityRoutes(codes, live, keys).routes();
    }
}
