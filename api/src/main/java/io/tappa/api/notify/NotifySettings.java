package io.tappa.api.notify;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the pack's owner is told, under {@code tappa.notify}.
 *
 * @param url where news go by POST; null means to the log only. Environment: TAPPA_NOTIFY_URL
 * @param pause before the second try where the first failed; about twice as long before each further one. Environment:
 *     TAPPA_NOTIFY_PAUSE
 */
@ConfigurationProperties("tappa.notify")
record NotifySettings(@Nullable URI url, @DefaultValue("2s") Duration pause) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    NotifySettings {
        if (url != null && (!SCHEMES.contains(String.valueOf(url.getScheme())) || url.getHost() == null)) {
            throw new IllegalArgumentException("""
                    tappa.notify.url must be an address that begins with https:// or http:// and names a host.
                    Write for example https://hooks.shop.example/tappa, or leave it out.""");
        }
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("""
                    tappa.notify.pause (%s) must be more than nothing.
                    Write for example 2s.""".formatted(pause));
        }
    }
}
