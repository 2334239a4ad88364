package io.tappa.api.archive;

import io.micrometer.core.instrument.MeterRegistry;
import io.tappa.api.archive.ArchiveService.Archivists;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.record.Records;
import io.tappa.api.store.ArchiveStore;
import io.tappa.api.store.RetentionSettings;
import io.tappa.api.store.TappaSettings;
import io.tappa.api.store.TurnedLogs;
import io.tappa.api.store.VisitorStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The archive of this node's pack, and the work on it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ArchiveSettings.class)
class ArchiveConfiguration {
    @Bean
    ArchiveFolder archiveFolder(ArchiveSettings settings, TappaSettings tappa) {
        var folder = settings.folder();
        return new ArchiveFolder((folder == null ? tappa.data().resolve("archive") : folder).resolve(tappa.pack()));
    }

    @Bean
    Archive archive(VisitorStore visitors, ArchiveStore store, ArchiveFolder folder) {
        return new Archive(visitors, store, folder, new Ownership(store, folder));
    }

    @Bean
    ArchiveService archiveService(
            ArchiveStore store,
            TurnedLogs logs,
            Records records,
            ArchiveFolder folder,
            ServiceClock clock,
            ArchiveSettings settings,
            RetentionSettings retention,
            MeterRegistry registry) {
        var ownership = new Ownership(store, folder);
        var metrics = new ArchiveMetrics(registry);
        var holding = new Holding(store);
        var roller = new Roller(store, logs, records, folder, ownership, metrics, retention.archive());
        var sweeper = new Sweeper(store, folder, holding, metrics);
        var archivists = new Archivists(folder, ownership, holding, roller, sweeper, metrics);
        return new ArchiveService(archivists, store, clock, settings, retention.archive());
    }
}
