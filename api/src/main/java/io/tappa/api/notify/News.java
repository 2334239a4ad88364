package io.tappa.api.notify;

import io.tappa.engine.identity.Hashes;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something the owner of a pack should know.
 *
 * @param topic what sort of news
 * @param pack version of the pack
 * @param owner whom the pack names as its owner, or null
 * @param what what it is about, such as {@code campaign:black-friday}
 * @param reason what happened, as a sentence with its figures
 * @param at when
 */
public record News(Topic topic, String pack, @Nullable String owner, String what, String reason, Instant at) {
    /** The sorts of news there are. */
    public enum Topic {
        CAMPAIGN_PAUSED("campaign.paused"),
        CAMPAIGN_WARNED("campaign.warned"),
        CODES_LOW("codes.low"),
        PLACEMENT_NEVER_EXPOSED("placement.never-exposed");

        private final String key;

        Topic(String key) {
            this.key = key;
        }

        /** How receivers know it. */
        public String key() {
            return key;
        }
    }

    /** News about {@code pack} of {@code nowMillis}, in milliseconds since 1970. */
    public static News of(Topic topic, PackSnapshot pack, String what, String reason, long nowMillis) {
        return new News(topic, pack.version(), pack.settings().owner(), what, reason, Instant.ofEpochMilli(nowMillis));
    }

    /** Names it, the same each time it is sent. */
    String id() {
        return "msg_%016x".formatted(Hashes.first64(String.join("\n", topic.key(), pack, what, reason, at.toString())));
    }
}
