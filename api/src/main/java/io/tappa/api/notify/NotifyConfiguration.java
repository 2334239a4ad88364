package io.tappa.api.notify;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The way to the pack's owner. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotifySettings.class)
class NotifyConfiguration {
    @Bean(destroyMethod = "close")
    OwnerNews ownerNews(NotifySettings settings, MeterRegistry metrics) {
        return new OwnerNews(settings, metrics);
    }
}
