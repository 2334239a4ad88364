package io.tappa.api.guard;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How campaigns, codes and placements are looked after, under {@code tappa.guard}.
 *
 * @param pause between two looks; so late is a guard rail at most. Environment: TAPPA_GUARD_PAUSE
 */
@ConfigurationProperties("tappa.guard")
record GuardSettings(@DefaultValue("15s") Duration pause) {
    GuardSettings {
        if (pause.isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("""
                    tappa.guard.pause (%s) must be more than nothing.
                    Write for example 15s.""".formatted(pause));
        }
    }
}
