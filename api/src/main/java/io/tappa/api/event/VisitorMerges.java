package io.tappa.api.event;

import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identity;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.Merge;
import reactor.core.publisher.Mono;

/** Takes merges back, and finishes what somebody began. */
public final class VisitorMerges {
    private static final int MOST_TRIES = 8;

    private final VisitorStore visitors;
    private final Joiner joiner;

    VisitorMerges(VisitorStore visitors, VisitorNews news) {
        this.visitors = visitors;
        this.joiner = new Joiner(visitors, news);
    }

    /** The visitor that a key leads to by now, nothing unfinished; empty when there is none. */
    public Mono<Home> settled(PackSnapshot pack, VisitorKey key) {
        return settled(pack, key, MOST_TRIES);
    }

    private Mono<Home> settled(PackSnapshot pack, VisitorKey key, int tries) {
        return visitors.lead(key, new Identity(IdKind.DEVICE, key.text())).flatMap(lead -> {
            if (!lead.isUnfinished()) {
                return lead.state().isLight() ? Mono.empty() : Mono.just(new Home(lead.key(), lead.state()));
            }
            return tries == 0 ? tooOften() : joiner.finish(pack, lead).then(settled(pack, key, tries - 1));
        });
    }

    /** Finishes a merge or a parting that somebody began. */
    Mono<Void> finish(PackSnapshot pack, Lead lead) {
        return joiner.finish(pack, lead).then();
    }

    /** Takes the merge called {@code id} back; empty when this visitor has no such merge, or it was taken back before. */
    public Mono<Merge> undo(PackSnapshot pack, VisitorKey key, String id, long nowMillis) {
        return undo(pack, key, id, nowMillis, MOST_TRIES);
    }

    private Mono<Merge> undo(PackSnapshot pack, VisitorKey key, String id, long nowMillis, int tries) {
        return settled(pack, key)
                .flatMap(home -> Mono.justOrEmpty(home.state().merges().stream()
                                .filter(merge -> merge.id().equals(id) && merge.canBeUndone())
                                .findFirst())
                        .flatMap(merge -> joiner.part(pack, home, merge, nowMillis)
                                .flatMap(done -> done
                                        ? Mono.just(merge)
                                        : tries == 0 ? tooOften() : undo(pack, key, id, nowMillis, tries - 1))));
    }

    private static <T> Mono<T> tooOften() {
        return Mono.error(new StoreUnavailable("lost every race for one visitor"));
    }
}
