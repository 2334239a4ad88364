package io.tappa.engine.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ids one request or event carries; at least one of them.
 *
 * @param anonymousId names the device, where known
 * @param userId names the person, where known
 */
public record Identities(
        @Nullable Identity anonymousId, @Nullable Identity userId) {
    public Identities {
        if (anonymousId == null && userId == null) {
            throw new IllegalArgumentException("""
                    anonymousId and userId are both missing.
                    Maybe refuse the request before building Identities.""");
        }
    }

    /** Ids from their raw values; null where a value is absent. */
    public static Identities of(@Nullable String anonymousId, @Nullable String userId) {
        return new Identities(
                anonymousId == null ? null : new Identity(IdKind.ANONYMOUS, anonymousId),
                userId == null ? null : new Identity(IdKind.USER, userId));
    }

    /** The id whose lane keeps what happens under these ids: the device's, so that it can be lifted out again. */
    public Identity lane() {
        if (anonymousId != null) {
            return anonymousId;
        }
        return Objects.requireNonNull(userId);
    }

    /** All ids, the person's first. */
    public List<Identity> all() {
        var all = new ArrayList<Identity>(2);
        if (userId != null) {
            all.add(userId);
        }
        if (anonymousId != null) {
            all.add(anonymousId);
        }
        return all;
    }
}
