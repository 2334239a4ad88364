package io.tappa.api.archive;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How decisions are archived, under {@code tappa.archive}.
 *
 * @param enabled whether logs go into the archive; what is there is read, swept and deleted in any case. Environment:
 *     TAPPA_ARCHIVE_ENABLED
 * @param folder where it is, for several nodes one that they share; null means {@code archive} in the folder of the data.
 *     Environment: TAPPA_ARCHIVE_FOLDER
 * @param pause between two looks whether there is anything to do. Environment: TAPPA_ARCHIVE_PAUSE
 * @param sweep between two sweeps, which strike those who were forgotten. Environment: TAPPA_ARCHIVE_SWEEP
 */
@ConfigurationProperties("tappa.archive")
record ArchiveSettings(
        @DefaultValue("true") boolean enabled,
        @Nullable Path folder,
        @DefaultValue("1m") Duration pause,
        @DefaultValue("1d") Duration sweep) {}
