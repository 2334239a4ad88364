package io.tappa.api.security;

import io.tappa.api.store.redis.RedisSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.cors.reactive.UrlBasedCorsConfigurationSource;

/** Decides whether this service is local, and lets web pages in. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
class SecurityConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);
    private static final long PREFLIGHT_SECONDS = 7_200;

    @Bean
    Keys keys(SecuritySettings settings, RedisSettings redis, Environment environment) {
        boolean local = !redis.external() && isLoopback(environment.getProperty("server.address", "0.0.0.0"));
        if (!local && settings.keys().isEmpty()) {
            LOG.warn("No key is configured, so every request will be refused; set tappa.security.keys");
        }
        return new Keys(settings, local);
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Bean
    CorsWebFilter corsWebFilter(SecuritySettings settings) {
        var cors = new CorsConfiguration();
        cors.setAllowedOriginPatterns(settings.origins());
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(List.of("*"));
        cors.setExposedHeaders(List.of("ETag", "Retry-After"));
        cors.setMaxAge(PREFLIGHT_SECONDS);
        var source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/v1/**", cors);
        return new CorsWebFilter(source);
    }
}
