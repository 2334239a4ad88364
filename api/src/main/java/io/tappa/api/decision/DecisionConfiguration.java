package io.tappa.api.decision;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorNews;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.Keys;
import io.tappa.api.store.VisitorStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The decision API. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DecisionSettings.class)
class DecisionConfiguration {
    @Bean
    RouterFunction<ServerResponse> decisionRoutes(
            VisitorStore visitors,
            VisitorNews news,
            LivePack live,
            Keys keys,
            ServiceClock clock,
            DecisionSettings settings) {
        var service = new DecisionService(visitors, news, settings.budget(keys.local()), settings.conflictRetries());
        var handler = new DecisionHandler(service, live, keys, clock);
        return route().POST("/v1/decisions", handler::decide).build();
    }
}
