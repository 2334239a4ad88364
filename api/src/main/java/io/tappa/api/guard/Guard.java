package io.tappa.api.guard;

import io.tappa.api.guard.Finding.CodesLow;
import io.tappa.api.guard.Finding.Held;
import io.tappa.api.guard.Finding.NeverExposed;
import io.tappa.api.guard.Finding.Tripped;
import io.tappa.api.notify.News;
import io.tappa.api.notify.News.Topic;
import io.tappa.api.notify.OwnerNews;
import io.tappa.api.pause.LivePauses;
import io.tappa.api.store.GuardStore;
import io.tappa.engine.campaign.GuardRails.Then;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Does what follows from findings: pauses, and tells the owner, once for each until it is over. Whoever ends a pause while its
 * limit is still reached wants to go on: it is not paused again before the limit is reached anew.
 */
final class Guard {
    /** Who pauses, in pauses. */
    static final String BY = "guard rail";

    private static final Duration AGAIN = Duration.ofDays(1);
    private static final Duration CALM = Duration.ofHours(1);

    private final GuardStore store;
    private final LivePauses pauses;
    private final OwnerNews owner;

    Guard(GuardStore store, LivePauses pauses, OwnerNews owner) {
        this.store = store;
        this.pauses = pauses;
        this.owner = owner;
    }

    /** When and about which pack. */
    private record Occasion(PackSnapshot pack, long nowMillis) {
        News news(Topic topic, String what, String reason) {
            return News.of(topic, pack, what, reason, nowMillis);
        }
    }

    /** Acts on all that was found in {@code pack} at {@code nowMillis}. */
    Mono<Void> act(PackSnapshot pack, List<Finding> findings, long nowMillis) {
        var occasion = new Occasion(pack, nowMillis);
        return store.told()
                .flatMap(told -> forgetOld(findings, told, nowMillis)
                        .thenMany(Flux.fromIterable(news(findings, told, nowMillis)))
                        .concatMap(together -> act(occasion, together))
                        .then());
    }

    /** What is new, that of one campaign together. */
    private static Collection<List<Finding>> news(
            List<Finding> findings, SortedMap<String, Long> told, long nowMillis) {
        return findings.stream()
                .filter(finding -> {
                    var at = told.get(finding.mark());
                    return at == null || isDueAgain(finding, at, nowMillis);
                })
                .collect(Collectors.groupingBy(Finding::what, TreeMap::new, Collectors.toList()))
                .values();
    }

    private static boolean isDueAgain(Finding finding, long toldMillis, long nowMillis) {
        return finding instanceof NeverExposed && nowMillis - toldMillis >= AGAIN.toMillis();
    }

    /** Forgets what is over or is to be told again. */
    private Mono<Void> forgetOld(List<Finding> findings, SortedMap<String, Long> told, long nowMillis) {
        var current = findings.stream().collect(Collectors.toMap(Finding::mark, finding -> finding));
        var old = new ArrayList<String>();
        told.forEach((mark, at) -> {
            var finding = current.get(mark);
            if (finding == null ? isCalm(mark, nowMillis - at) : isDueAgain(finding, at, nowMillis)) {
                old.add(mark);
            }
        });
        return Flux.fromIterable(old).concatMap(store::forget).then();
    }

    /** What comes and goes about its limit is not told each time; where it pauses, the pause keeps it from doing so. */
    private static boolean isCalm(String mark, long forMillis) {
        if (mark.startsWith(Finding.WARNED)) {
            return forMillis >= CALM.toMillis();
        }
        return !mark.startsWith(Finding.EXPOSURE) || forMillis >= AGAIN.toMillis();
    }

    private Mono<Void> act(Occasion occasion, List<Finding> together) {
        var first = together.get(0);
        if (first instanceof Tripped tripped) {
            return tripped.then() == Then.PAUSE
                    ? pause(occasion, together)
                    : tell(together, occasion.news(Topic.CAMPAIGN_WARNED, first.what(), sentences(together)));
        }
        var topic = first instanceof CodesLow ? Topic.CODES_LOW : Topic.PLACEMENT_NEVER_EXPOSED;
        return tell(together, occasion.news(topic, first.what(), sentences(together)));
    }

    private static String sentences(List<Finding> findings) {
        return findings.stream().map(Finding::sentence).collect(Collectors.joining(" "));
    }

    /** First the pause, then the note that it is told: who dies in between does no harm. */
    private Mono<Void> pause(Occasion occasion, List<Finding> tripped) {
        var what = tripped.get(0).what();
        var reason = sentences(tripped);
        return pauses.stored().flatMap(stored -> {
            var held = stored.holding(what, occasion.nowMillis());
            if (held != null) {
                var topic = held.by().equals(BY) ? Topic.CAMPAIGN_PAUSED : Topic.CAMPAIGN_WARNED;
                return tell(tripped, occasion.news(topic, what, reason + " It is paused already."));
            }
            return pauses.put(new Pause(what, reason, occasion.nowMillis(), Long.MAX_VALUE, BY))
                    .flatMap(taken -> tell(
                            tripped,
                            taken
                                    ? occasion.news(Topic.CAMPAIGN_PAUSED, what, reason)
                                    : occasion.news(
                                            Topic.CAMPAIGN_WARNED,
                                            what,
                                            reason + " It could not be paused: too many things are paused already.")));
        });
    }

    private Mono<Void> tell(List<Finding> findings, News news) {
        return Flux.fromIterable(findings)
                .concatMap(finding -> store.tell(finding.mark(), news.at().toEpochMilli()))
                .reduce(false, Boolean::logicalOr)
                .doOnNext(isNew -> {
                    if (isNew) {
                        owner.tell(news);
                    }
                })
                .then();
    }

    /** Campaigns that are still paused by a guard rail whose limit is not reached any more, or for which nobody looks. */
    static List<Finding> held(PackSnapshot pack, List<Finding> findings, Pauses stored) {
        var found = new ArrayList<Finding>();
        var told = findings.stream().map(Finding::what).collect(Collectors.toSet());
        for (var pause : stored.byWhat().values()) {
            var campaign = pause.what().substring(pause.what().indexOf(':') + 1);
            if (pause.by().equals(BY)
                    && !told.contains(pause.what())
                    && pack.programme().campaigns().find(campaign) != null) {
                found.add(new Held(pack.settings().name(), campaign, pause));
            }
        }
        return found;
    }
}
