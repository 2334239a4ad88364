package io.tappa.api.event;

import io.tappa.api.security.Keys;
import io.tappa.api.store.EventLedger;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The intake that all protocol edges share, and its notes. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {
    @Bean(destroyMethod = "close")
    EventNotes eventNotes(EventLedger ledger, ServiceClock clock) {
        return new EventNotes(ledger, clock);
    }

    @Bean
    RefusedBodies refusedBodies(EventNotes notes, Keys keys) {
        return new RefusedBodies(notes, keys);
    }

    @Bean
    EventIntake eventIntake(EventService events, Keys keys, EventNotes notes) {
        return new EventIntake(events, keys, notes);
    }
}
