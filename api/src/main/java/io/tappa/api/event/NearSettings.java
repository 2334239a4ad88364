package io.tappa.api.event;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a node keeps of visitors beside the store, under {@code tappa.near}.
 *
 * @param visitors of how many; some 20 kB each, 0 for none. Environment: TAPPA_NEAR_VISITORS
 */
@ConfigurationProperties("tappa.near")
record NearSettings(@DefaultValue("5000") int visitors) {
    NearSettings {
        if (visitors < 0) {
            throw new IllegalArgumentException("""
                    tappa.near.visitors (%d) must be 0 or more.
                    Write 0 to keep nobody.""".formatted(visitors));
        }
    }
}
