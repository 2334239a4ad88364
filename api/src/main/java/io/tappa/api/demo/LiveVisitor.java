package io.tappa.api.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.event.ServiceClock;
import io.tappa.api.event.VisitorNews;
import io.tappa.api.pack.LivePack;
import io.tappa.api.products.LiveProducts;
import io.tappa.api.store.Home;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.visitor.VisitorView;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.codec.ServerSentEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One visitor, live: server-sent events {@code pack} and {@code visitor}, each at once and again whenever it changed.
 *
 * <p>Whatever happens only says "look again", and looking tells what is new; so news that was missed is made up for at the
 * next beat, and facts that only time changes are seen as well.
 */
final class LiveVisitor {
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final VisitorStore visitors;
    private final VisitorNews news;
    private final LiveProducts products;
    private final LivePack live;
    private final ServiceClock clock;
    private final Sinks.Empty<Void> closing = Sinks.empty();

    LiveVisitor(VisitorStore visitors, VisitorNews news, LivePack live, ServiceClock clock, LiveProducts products) {
        this.products = products;
        this.visitors = visitors;
        this.news = news;
        this.live = live;
        this.clock = clock;
    }

    private enum Tick {
        CHANGE,
        BEAT
    }

    /** What {@code ids} lead to, until the listener goes or the service closes. */
    Flux<ServerSentEvent<String>> follow(Identities ids) {
        return Flux.defer(() -> {
            var told = new Told();
            var changes = news.stream().filter(told::mayConcern).map(key -> Tick.CHANGE);
            var swaps = live.changes().map(version -> Tick.CHANGE);
            var beats = Flux.interval(Duration.ZERO, BEAT).map(beat -> Tick.BEAT);
            return Flux.merge(changes, swaps, beats)
                    .onBackpressureLatest()
                    .concatMap(tick -> look(ids, told, tick), 1)
                    .takeUntilOther(closing.asMono());
        });
    }

    /** Ends every stream. */
    void close() {
        closing.tryEmitEmpty();
    }

    private Flux<ServerSentEvent<String>> look(Identities ids, Told told, Tick tick) {
        var pack = live.now();
        return visitors.leads(ids)
                .map(leads -> new Home(leads.get(0).key(), leads.get(0).state()))
                .map(home -> told.whatIsNew(pack, home, VisitorView.of(pack, home, clock.millis(), products.now())))
                .onErrorResume(StoreUnavailable.class, away -> Mono.just(List.of(storeUnavailable())))
                .flatMapIterable(events -> tick == Tick.BEAT ? plusBeat(events) : events);
    }

    private static List<ServerSentEvent<String>> plusBeat(List<ServerSentEvent<String>> events) {
        var more = new ArrayList<>(events);
        more.add(ServerSentEvent.<String>builder().comment("beat").build());
        return more;
    }

    private static ServerSentEvent<String> storeUnavailable() {
        var body = Body.create();
        body.put("code", "store-unavailable");
        body.put("detail", "The store does not answer at the moment; the page catches up by itself.");
        return event("problem", body).build();
    }

    private static ServerSentEvent.Builder<String> event(String name, ObjectNode body) {
        return ServerSentEvent.<String>builder().event(name).data(Body.text(body));
    }

    /** What one listener was told last. Only {@code key} is read while somebody else may be looking. */
    private static final class Told {
        private volatile @Nullable VisitorKey key;
        private @Nullable String pack;
        private @Nullable ObjectNode visitor;

        /** While nobody is known here, anybody may turn out to be the visitor: the id may be linked to another's home. */
        boolean mayConcern(VisitorKey changed) {
            var known = key;
            return known == null || known.equals(changed);
        }

        List<ServerSentEvent<String>> whatIsNew(PackSnapshot now, Home home, ObjectNode view) {
            key = home.state().isLight() ? null : home.key();
            var events = new ArrayList<ServerSentEvent<String>>();
            if (!now.version().equals(pack)) {
                pack = now.version();
                events.add(event("pack", PackView.of(now)).build());
            }
            var timeless = view.deepCopy();
            timeless.remove("at");
            if (!timeless.equals(visitor)) {
                visitor = timeless;
                var id = home.state().writes() + "." + now.version();
                events.add(event("visitor", view).id(id).build());
            }
            return events;
        }
    }
}
