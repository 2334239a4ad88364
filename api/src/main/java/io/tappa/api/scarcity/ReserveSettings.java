package io.tappa.api.scarcity;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How scarce things are reserved, under {@code tappa.reserve}.
 *
 * @param life how long a part of a budget stays reserved for what was answered and not seen yet. Environment:
 *     TAPPA_RESERVE_LIFE
 */
@ConfigurationProperties("tappa.reserve")
record ReserveSettings(@DefaultValue("15m") Duration life) {
    ReserveSettings {
        if (life.isNegative() || life.isZero()) {
            throw new IllegalArgumentException("""
                    tappa.reserve.life (%s) must be more than nothing.
                    Write for example 15m.""".formatted(life));
        }
    }
}
