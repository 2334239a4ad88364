package io.tappa.api.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long what is stored about people is kept, under {@code tappa.retention}; each at least an hour and at most ten years.
 *
 * @param visitors a visitor who may be remembered, after the last event; the timer of the visitor sees to it, at most a
 *     twelfth later. Environment: TAPPA_RETENTION_VISITORS
 * @param denials what somebody denied who was forgotten, after it was last of use. Environment: TAPPA_RETENTION_DENIALS
 * @param erasures the moment up to which events of somebody erased stay out. Environment: TAPPA_RETENTION_ERASURES
 * @param names how events are called, after the last event of any name. Environment: TAPPA_RETENTION_NAMES
 * @param refusals which events were refused, by hour. Environment: TAPPA_RETENTION_REFUSALS
 * @param jobs how an import went and which lines it refused. Environment: TAPPA_RETENTION_JOBS
 * @param archive decisions in the archive, by the hour in which they were made. Environment: TAPPA_RETENTION_ARCHIVE
 */
@ConfigurationProperties("tappa.retention")
public record RetentionSettings(
        @DefaultValue("395d") Duration visitors,
        @DefaultValue("395d") Duration denials,
        @DefaultValue("90d") Duration erasures,
        @DefaultValue("90d") Duration names,
        @DefaultValue("48h") Duration refusals,
        @DefaultValue("7d") Duration jobs,
        @DefaultValue("395d") Duration archive) {
    private static final Duration SHORTEST = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(3_653);

    /** What holds where nothing is set. */
    public static final RetentionSettings DEFAULT = new RetentionSettings(
            Duration.ofDays(395),
            Duration.ofDays(395),
            Duration.ofDays(90),
            Duration.ofDays(90),
            Duration.ofDays(2),
            Duration.ofDays(7),
            Duration.ofDays(395));

    public RetentionSettings {
        check("visitors", visitors);
        check("denials", denials);
        check("erasures", erasures);
        check("names", names);
        check("refusals", refusals);
        check("jobs", jobs);
        check("archive", archive);
    }

    private static void check(String name, Duration life) {
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("""
                    tappa.retention.%s (%s) must be from one hour to ten years.
                    Maybe write it with its unit, such as 395d or 48h.""".formatted(name, life));
        }
    }
}
