package io.tappa.api.event;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How visitors are woken, under {@code tappa.timers}.
 *
 * @param pause between two looks through all shards; a time-out is at most this late, and each look costs one command a
 *     shard. Environment: TAPPA_TIMERS_PAUSE
 */
@ConfigurationProperties("tappa.timers")
record TimerSettings(@DefaultValue("1s") Duration pause) {}
