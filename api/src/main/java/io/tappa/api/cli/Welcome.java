package io.tappa.api.cli;

import io.tappa.api.pack.LivePack;
import io.tappa.api.security.Keys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Says, once the service is ready, where it is and what to try next. */
@Component
final class Welcome {
    private static final Logger LOG = LoggerFactory.getLogger(Welcome.class);

    private final LivePack live;
    private final Keys keys;
    private final Environment environment;

    Welcome(LivePack live, Keys keys, Environment environment) {
        this.live = live;
        this.keys = keys;
        this.environment = environment;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        var address = environment.getProperty("server.address", "0.0.0.0");
        var url = "http://%s:%s".formatted(address, environment.getProperty("local.server.port", "?"));
        var next = keys.local() ? """


                  Tappa is ready at %1$s with the pack %2$s

                    Be a shopper:   %1$s/demo
                    Keys:           pk_demo for pages, sk_demo for servers (only on this machine)
                    Ask yourself:   curl -u pk_demo: %1$s/v1/decisions -H 'Content-Type: application/json' \\
                                      -d '{"visitor":{"anonymousId":"a-1"},"touchpoint":"home"}'
                    Real traffic:   java -jar api/target/tappa.jar send --events load-tests/sample/rees46-2019-10-01.csv.gz --to %1$s
                  """ : "Tappa is ready at %1$s with the pack %2$s";
        LOG.info(next.formatted(url, live.now().version()));
    }
}
