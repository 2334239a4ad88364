package io.tappa.api.event;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What time it is, under {@code tappa}.
 *
 * @param clock {@code system}; in local mode also {@code events}, the newest event time seen, or {@code fixed:} and an ISO
 *     moment, for replays. Environment: TAPPA_CLOCK
 */
@ConfigurationProperties("tappa")
record ClockSettings(@DefaultValue("system") String clock) {}
