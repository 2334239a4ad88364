package io.tappa.api.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/**
 * Counts {@code tappa.archive.lines} that came into the archive, {@code tappa.archive.unverified} of which the decision did not
 * come out again ({@code other}, or {@code unknown-pack}), {@code tappa.archive.missed} turns of a group's logs that ended
 * unread, {@code tappa.archive.struck} lines of those who were forgotten, and {@code tappa.archive.rounds} in which all was looked
 * after.
 */
final class ArchiveMetrics {
    private final MeterRegistry registry;
    private final Counter lines;
    private final Counter missed;
    private final Counter struck;
    private final Counter rounds;

    ArchiveMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.lines = registry.counter("tappa.archive.lines");
        this.missed = registry.counter("tappa.archive.missed");
        this.struck = registry.counter("tappa.archive.struck");
        this.rounds = registry.counter("tappa.archive.rounds");
    }

    void round() {
        rounds.increment();
    }

    void archived(long count) {
        lines.increment((double) count);
    }

    void unverified(ArchiveLine.Outcome outcome) {
        var why = outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
        registry.counter("tappa.archive.unverified", "why", why).increment();
    }

    void missed(long turns) {
        missed.increment((double) turns);
    }

    void struck(long count) {
        struck.increment((double) count);
    }
}
