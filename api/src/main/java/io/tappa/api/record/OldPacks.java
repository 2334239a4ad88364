package io.tappa.api.record;

import io.tappa.api.pack.LivePack;
import io.tappa.api.store.PackStore;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Versions of the pack that are no longer live, compiled again when a record asks for them; the last few are kept. */
final class OldPacks {
    private static final int MOST_RULES = 40_000;

    private final LivePack live;
    private final PackStore packs;
    private final Map<String, Mono<PackSnapshot>> compiled = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Integer> rules = new LinkedHashMap<>();
    private final Map<String, String> hashes = new ConcurrentHashMap<>();

    OldPacks(LivePack live, PackStore packs) {
        this.live = live;
        this.packs = packs;
    }

    /** The version whose hash begins with {@code digits}, or empty when it is not known here. */
    Mono<PackSnapshot> version(String digits) {
        var now = live.now();
        return now.hash().startsWith(digits) ? Mono.just(now) : Mono.defer(() -> old(digits));
    }

    /** The hash that begins with {@code digits}, or empty when no such version is known here. */
    Mono<String> hash(String digits) {
        var now = live.now().hash();
        var known = now.startsWith(digits) ? now : hashes.get(digits);
        return known != null
                ? Mono.just(known)
                : Mono.defer(() -> packs.version(digits)).doOnNext(hash -> hashes.put(digits, hash));
    }

    private Mono<PackSnapshot> old(String digits) {
        synchronized (compiled) {
            return compiled.computeIfAbsent(digits, this::compile);
        }
    }

    /** Compiled once, however many ask meanwhile; what failed is tried again. */
    private Mono<PackSnapshot> compile(String digits) {
        return packs.version(digits)
                .flatMap(packs::files)
                .publishOn(Schedulers.boundedElastic())
                .map(PackReader::read)
                .flatMap(result -> Mono.justOrEmpty(result.snapshot()))
                .doOnNext(snapshot -> note(digits, snapshot))
                .doFinally(end -> dropUnlessNoted(digits))
                .cache();
    }

    private void note(String digits, PackSnapshot snapshot) {
        synchronized (compiled) {
            rules.put(digits, snapshot.decisions().rules().size());
            int all = rules.values().stream().mapToInt(Integer::intValue).sum();
            var oldest = compiled.keySet().iterator();
            while (all > MOST_RULES && compiled.size() > 1 && oldest.hasNext()) {
                var other = oldest.next();
                var known = other.equals(digits) ? null : rules.remove(other);
                if (known != null) {
                    all -= known;
                    oldest.remove();
                }
            }
        }
    }

    private void dropUnlessNoted(String digits) {
        synchronized (compiled) {
            if (!rules.containsKey(digits)) {
                compiled.remove(digits);
            }
        }
    }
}
