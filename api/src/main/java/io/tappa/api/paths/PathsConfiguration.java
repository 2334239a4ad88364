package io.tappa.api.paths;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.server.RouterFunction;

/** The short way to the paths that are asked most. */
@Configuration(proxyBeanMethods = false)
class PathsConfiguration {
    @Bean
    ExactPaths exactPaths(
            ObjectProvider<RouterFunction<?>> routes, ServerCodecConfigurer codecs, MeterRegistry registry) {
        return new ExactPaths(routes.orderedStream().toList(), codecs.getReaders(), registry);
    }

    /** What is timed on the short way need not be observed by the framework, too. */
    @Bean
    ObservationPredicate notTwice(ObjectProvider<ExactPaths> paths) {
        var exact = SingletonSupplier.of(paths::getObject);
        return (name, context) -> {
            var asked = context instanceof ServerRequestObservationContext request ? request.getCarrier() : null;
            return asked == null || !exact.obtain().knows(asked.getPath().value());
        };
    }
}
