package io.tappa.api.event;

import io.tappa.api.rounds.Writing;
import io.tappa.api.security.ApiKey;
import io.tappa.api.store.EventLedger;
import io.tappa.api.store.EventLedger.NameSeen;
import io.tappa.api.store.EventLedger.RefusedEvents;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.engine.problem.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Notes how events are called and which were refused, for people who connect a sender. Notes are gathered in memory and
 * written together every few seconds, so that no request waits for them or fails with them.
 */
public final class EventNotes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventNotes.class);
    /** Under this name refusals are told whose key nobody knows. */
    private static final String UNKNOWN_KEY = "unknown";

    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Pattern OF_SOMEBODY = Pattern.compile("@|[0-9]{5}|[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-");

    private final EventLedger ledger;
    private final ServiceClock clock;
    private final ConcurrentMap<String, Long> names = new ConcurrentHashMap<>();
    private final ConcurrentMap<Group, RefusedEvents> refusals = new ConcurrentHashMap<>();
    private final Writing writing;

    /** Refusals that are told together. */
    private record Group(String keyId, String code) {}

    EventNotes(EventLedger ledger, ServiceClock clock) {
        this.ledger = ledger;
        this.clock = clock;
        this.writing = new Writing(LOG, EVERY, this::write, "notes on events were not written");
    }

    /** Notes what one request brought. */
    public void note(ApiKey key, List<IncomingEvent> events, List<Refusal> refused) {
        for (var incoming : events) {
            count(incoming.event().name(), 1);
        }
        for (var refusal : refused) {
            merge(refused(key.id(), refusal.problem()));
        }
    }

    /** Notes a request that was refused as a whole; its key may be unknown, too. */
    void note(@Nullable ApiKey key, List<Problem> refused) {
        var keyId = key == null ? UNKNOWN_KEY : key.id();
        refused.forEach(problem -> merge(refused(keyId, problem)));
    }

    private RefusedEvents refused(String keyId, Problem problem) {
        return new RefusedEvents(
                keyId,
                problem.code(),
                1,
                clock.received().toEpochMilli(),
                new RefusedEvents.Example(problem.place().source(), problem.what(), problem.cure()));
    }

    /**
     * Beyond as many names as the ledger keeps, the rest is counted under no name; and so is a name that seems to hold an
     * address or an id, which would stay when its owner is erased.
     */
    private void count(String name, long times) {
        boolean hasRoom = names.size() < EventLedger.MOST_NAMES || names.containsKey(name);
        boolean fits = hasRoom && !OF_SOMEBODY.matcher(name).find();
        names.merge(fits ? name : EventLedger.OTHER_NAMES, times, Long::sum);
    }

    private void merge(RefusedEvents refused) {
        refusals.merge(new Group(refused.keyId(), refused.code()), refused, RefusedEvents::plus);
    }

    /** What was refused in the last 48 hours, by key and code; of this node up to now, of others up to some seconds ago. */
    Mono<List<RefusedEvents>> refused() {
        return write().then(Mono.defer(() -> ledger.refusals(clock.received().toEpochMilli())));
    }

    /** How events were called, and how often; up to the same moments. */
    Mono<SortedMap<String, NameSeen>> names() {
        return write().then(Mono.defer(ledger::names));
    }

    /** Writes what was gathered so far; what the store does not take is gathered again. */
    private Mono<Void> write() {
        return Mono.defer(this::writeNames).then(Mono.defer(this::writeRefusals));
    }

    private Mono<Void> writeNames() {
        var counts = new TreeMap<String, Long>();
        for (var name : names.keySet()) {
            var count = names.remove(name);
            if (count != null) {
                counts.put(name, count);
            }
        }
        return counts.isEmpty()
                ? Mono.empty()
                : ledger.countNames(counts, clock.received().toEpochMilli())
                        .onErrorResume(StoreUnavailable.class, away -> {
                            counts.forEach(this::count);
                            return Mono.empty();
                        });
    }

    private Mono<Void> writeRefusals() {
        var groups = new ArrayList<RefusedEvents>();
        for (var group : refusals.keySet()) {
            var refused = refusals.remove(group);
            if (refused != null) {
                groups.add(refused);
            }
        }
        return groups.isEmpty()
                ? Mono.empty()
                : ledger.noteRefusals(groups).onErrorResume(StoreUnavailable.class, away -> {
                    groups.forEach(this::merge);
                    return Mono.empty();
                });
    }

    /** Writes what was gathered last while the store is still there. */
    @Override
    public void close() {
        writing.close();
    }
}
