package io.tappa.api.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.pack.LivePack;
import io.tappa.api.security.Keys;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.TimerQueue;
import io.tappa.api.store.VisitorStore;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The event service, the timers and the one clock. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ClockSettings.class, NearSettings.class, TimerSettings.class})
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
    VisitorChanger visitorChanger(
            VisitorStore visitors,
            VisitorNews news,
            NearSettings near,
            Eraser eraser,
            BeforeWriting before,
            List<AfterWriting> hearing) {
        return new VisitorChanger(
                visitors,
                news,
                new NearVisitors(near.visitors()),
                eraser,
                before,
                (pack, events, nowMillis) -> hearing.forEach(one -> one.counted(pack, events, nowMillis)));
    }

    @Bean
    EventService eventService(VisitorChanger changer, LivePack live, ServiceClock clock, MeterRegistry metrics) {
        return new EventService(changer, live, clock, metrics);
    }

    @Bean
    VisitorMerges visitorMerges(VisitorStore visitors, VisitorNews news) {
        return new VisitorMerges(visitors, news);
    }

    @Bean
    Eraser eraser(VisitorStore visitors, VisitorNews news, CodeStore codes) {
        return new Eraser(visitors, news, codes::forget);
    }

    @Bean
    TimerService timerService(
            VisitorStore visitors,
            TimerQueue timers,
            VisitorMerges merges,
            Eraser eraser,
            VisitorNews news,
            LivePack live,
            ServiceClock clock,
            TimerSettings settings) {
        return new TimerService(visitors, timers, merges, eraser, news, live, clock, settings);
    }
}
