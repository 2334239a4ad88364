package io.tappa.api.catchup;

import io.tappa.api.event.ServiceClock;
import io.tappa.api.pack.LivePack;
import io.tappa.api.store.CatchUpStore;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWalk;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The work behind a publish. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CatchUpSettings.class)
class CatchUpConfiguration {
    @Bean
    CatchUpService catchUpService(
            VisitorWalk walk,
            VisitorStore visitors,
            CatchUpStore store,
            PackStore packs,
            LivePack live,
            ServiceClock clock,
            CatchUpSettings settings) {
        return new CatchUpService(walk, new VisitorsCatchUp(visitors), store, packs, live, clock, settings);
    }
}
