package io.tappa.api.displays;

import io.tappa.api.store.DisplayCounts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The notes of this node. */
@Configuration(proxyBeanMethods = false)
class DisplayConfiguration {
    @Bean(destroyMethod = "close")
    DisplayNotes displayNotes(DisplayCounts store) {
        return new DisplayNotes(store);
    }
}
