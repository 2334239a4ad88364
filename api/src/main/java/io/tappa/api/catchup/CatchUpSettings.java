package io.tappa.api.catchup;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How visitors catch up with a new pack, under {@code tappa.catchup}.
 *
 * @param pause between two looks whether there is anything to do. Environment: TAPPA_CATCHUP_PAUSE
 * @param grace from when a new pack is live on this node until it begins, so that by then it is live on all nodes; as long as
 *     new facts take to count as gathered. Environment: TAPPA_CATCHUP_GRACE
 */
@ConfigurationProperties("tappa.catchup")
record CatchUpSettings(
        @DefaultValue("1s") Duration pause,
        @DefaultValue("5s") Duration grace) {}
