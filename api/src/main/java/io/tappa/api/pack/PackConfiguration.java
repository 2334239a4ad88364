package io.tappa.api.pack;

import io.tappa.api.security.Keys;
import io.tappa.api.store.CodeStore;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.TappaSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The live pack. */
@Configuration(proxyBeanMethods = false)
class PackConfiguration {
    @Bean
    PackPublisher packPublisher(
            TappaSettings settings,
            RetentionSettings retention,
            PackStore store,
            CodeStore codes,
            Keys keys,
            InstantSource clock) {
        return new PackPublisher(settings, store, codes, retention.visitors(), keys.local(), clock);
    }

    @Bean
    LivePack livePack(PackPublisher publisher) {
        return publisher.live();
    }
}
