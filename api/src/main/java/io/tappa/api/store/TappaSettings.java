package io.tappa.api.store;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the service keeps and finds things, under {@code tappa}.
 *
 * @param pack name of the pack served; also the prefix of its keys in Redis
 * @param packFolder folder of its files; null means {@code rules/<pack>} below the working directory where that exists,
 *     else the sample inside the jar. Environment: TAPPA_PACKFOLDER
 * @param data folder of the embedded Redis. Environment: TAPPA_DATA
 * @param appendFsync {@code everysec} risks up to 2 s of writes when the machine dies, {@code always} none. Environment:
 *     TAPPA_APPENDFSYNC
 */
@ConfigurationProperties("tappa")
public record TappaSettings(
        @DefaultValue("shop") String pack,
        @Nullable Path packFolder,
        @DefaultValue(".tappa") Path data,
        @DefaultValue("everysec") String appendFsync) {}
