package io.tappa.api;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;
import static org.springframework.web.reactive.function.server.ServerResponse.ok;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** The whole service as Spring sees it; each feature adds its own routes. */
@SpringBootApplication(proxyBeanMethods = false)
public class TappaService {
    @Bean
    RouterFunction<ServerResponse> welcome() {
        return route().GET("/", request -> ok().bodyValue("Tappa is running.\n"))
                .build();
    }
}
