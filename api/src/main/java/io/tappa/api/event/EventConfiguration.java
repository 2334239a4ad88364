package io.tappa.api.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.Keys;
import io.tappa.api.store.VisitorStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event service and the one clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClockSettings.class)
class EventConfiguration {
    @Bean
    ServiceClock serviceClock(ClockSettings settings, Keys keys) {
        return ServiceClock.of(settings, keys.local());
    }

    @Bean
    VisitorNews visitorNews() {
        return new VisitorNews();
    }

    @Bean
    VisitorChanger visitorChanger(VisitorStore visitors, VisitorNews news) {
        return new VisitorChanger(visitors, news);
    }

    @Bean
    EventService eventService(VisitorChanger changer, LivePack live, ServiceClock clock, MeterRegistry metrics) {
        return new EventService(changer, live, clock, metrics);
    }
}
