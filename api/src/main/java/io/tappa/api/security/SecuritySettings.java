package io.tappa.api.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may ask, under {@code tappa.security}.
 *
 * @param keys the keys known, apart from the demo keys
 * @param identitySecret with it a site proves a userId to a publishable key: {@code userHash} = lower-case hex
 *     HMAC-SHA-256 of the userId. Environment: TAPPA_SECURITY_IDENTITYSECRET
 * @param origins web pages that may call with a publishable key, as origin patterns
 */
@ConfigurationProperties("tappa.security")
public record SecuritySettings(
        @DefaultValue List<Key> keys,
        @Nullable String identitySecret,
        @DefaultValue("*") List<String> origins) {
    public SecuritySettings {
        keys = List.copyOf(keys);
        origins = List.copyOf(origins);
    }

    /**
     * One key.
     *
     * @param id its name in logs
     * @param hash lower-case hex SHA-256 of the key
     * @param kind publishable or secret
     */
    public record Key(String id, String hash, ApiKey.Kind kind) {}
}
