package io.tappa.api.record;

import io.tappa.api.body.Body;
import io.tappa.api.event.VisitorPlaces;
import io.tappa.api.pack.LivePack;
import io.tappa.api.store.Home;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.PackStore;
import io.tappa.api.store.SurroundingsStore;
import io.tappa.api.store.VisitorStore;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Finds recorded decisions, and makes them again. */
@Component
public final class Records {
    private final VisitorStore visitors;
    private final VisitorPlaces places;
    private final LiveIds ids;
    private final OldPacks packs;
    private final SurroundingsStore surroundings;
    private final @Nullable Shelf shelf;

    Records(
            VisitorStore visitors,
            PackStore store,
            LivePack live,
            SurroundingsStore surroundings,
            ObjectProvider<Shelf> shelf) {
        this.shelf = shelf.getIfAvailable();
        this.visitors = visitors;
        this.places = new VisitorPlaces(visitors);
        this.ids = new LiveIds(store);
        this.packs = new OldPacks(live, store);
        this.surroundings = surroundings;
    }

    /** How decisions of this pack are named. */
    public Mono<DecisionIds> ids() {
        return ids.now();
    }

    /** The decision {@code uuid} that was written down at {@code place}, or wherever that leads by now; or empty. */
    public Mono<Recorded> find(UUID uuid, VisitorKey place) {
        var known = shelf;
        var hot = find(place, at -> hot(uuid, at));
        return known == null ? hot : hot.switchIfEmpty(find(place, at -> known.find(uuid, at)));
    }

    private Mono<Recorded> hot(UUID uuid, VisitorKey place) {
        return at(place).filter(recorded -> recorded.uuid().equals(uuid)).next();
    }

    private Mono<Recorded> find(VisitorKey place, Function<VisitorKey, Mono<Recorded>> at) {
        return at.apply(place)
                .switchIfEmpty(Flux.defer(() -> elsewhere(place)).concatMap(at).next());
    }

    /** Where visitors were joined or parted, lines may have gone along. */
    private Flux<VisitorKey> elsewhere(VisitorKey place) {
        return visitors.home(place)
                .flatMap(places::of)
                .flatMapIterable(all -> all)
                .filter(other -> !other.equals(place));
    }

    /** All decisions that were written down at {@code place}, oldest first. */
    public Flux<Recorded> at(VisitorKey place) {
        return visitors.log(place)
                .flatMapIterable(lines -> lines)
                .filter(line -> line.kind() == LogLine.Kind.DECISION)
                .map(line -> new Recorded(place, Body.parsed(line.text())));
    }

    /**
     * All decisions for the visitor at {@code home} made from {@code fromMillis} to before {@code toMillis}, both since 1970, each
     * once, in no order: those of the logs and of the archive, wherever something of the visitor may be.
     */
    public Flux<Recorded> of(Home home, long fromMillis, long toMillis) {
        return places.of(home)
                .flatMapMany(all -> Flux.fromIterable(all)
                        .concatMap(this::at)
                        .filter(recorded -> fromMillis <= recorded.atMillis() && recorded.atMillis() < toMillis)
                        .concatWith(shelf == null ? Flux.empty() : shelf.at(all, fromMillis, toMillis)))
                .distinct(Recorded::uuid);
    }

    /** When somebody known at {@code place} was erased, in milliseconds since 1970; 0 for never. */
    public Mono<Long> erasedMillis(VisitorKey place) {
        return visitors.erasedMillis(place);
    }

    /** The hash of the version of the pack that made the decision; empty when that version is not known. */
    public Mono<String> hash(Recorded recorded) {
        return packs.hash(recorded.pack());
    }

    /** The decision once more, by the version of the pack that made it; empty when that version, or what surrounded it, is not known. */
    public Mono<Remade> remake(Recorded recorded) {
        return packs.version(recorded.pack())
                .flatMap(pack -> around(recorded.around()).map(around -> remake(recorded, pack, around)));
    }

    private Mono<Surroundings> around(String hash) {
        return hash.isEmpty()
                ? Mono.just(Surroundings.NONE)
                : surroundings(hash).map(SurroundingsJson::read);
    }

    /** What surrounded decisions that name it by this hash, as JSON; or empty where nobody kept it. */
    public Mono<String> surroundings(String hash) {
        var known = shelf;
        var hot = surroundings.find(hash);
        return known == null ? hot : hot.switchIfEmpty(Mono.defer(() -> known.surroundings(hash)));
    }

    /** Keeps what surrounds decisions from now on; answered once records can name it. */
    public Mono<Around> keep(Surroundings around) {
        if (around.equals(Surroundings.NONE)) {
            return Mono.just(Around.NONE);
        }
        var json = SurroundingsJson.write(around);
        var hash = SurroundingsJson.hash(json);
        return surroundings.keep(hash, json).thenReturn(new Around(hash, around));
    }

    private static Remade remake(Recorded recorded, PackSnapshot pack, Surroundings around) {
        var inputs = new RecordReader(pack).inputs(recorded, around);
        return new Remade(recorded, pack, inputs, Decider.decide(pack, inputs));
    }
}
