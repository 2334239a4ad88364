package io.tappa.api.event;

import io.tappa.api.store.Home;
import io.tappa.api.store.Located;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.transition.Reception;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one way to change a visitor: read, fold events, make something of it, write all at once. A lost race makes it again
 * on what the winner wrote.
 */
public final class VisitorChanger {
    private final VisitorStore visitors;
    private final VisitorNews news;

    VisitorChanger(VisitorStore visitors, VisitorNews news) {
        this.visitors = visitors;
        this.news = news;
    }

    /**
     * Whose visitor, and what happened to it.
     *
     * @param pack the snapshot in force
     * @param ids the visitor's ids; where events carry new ones, these are joined to it
     * @param events what happened, in order; may be empty
     * @param nowMillis when it arrived, in milliseconds since 1970
     * @param tries how often to try again after a lost race
     */
    public record Change(PackSnapshot pack, Identities ids, List<IncomingEvent> events, long nowMillis, int tries) {
        public Change {
            events = List.copyOf(events);
        }

        Change again() {
            return new Change(pack, ids, events, nowMillis, tries - 1);
        }

        Change as(Identities others) {
            var theirs = events.stream().map(incoming -> incoming.as(others)).toList();
            return new Change(pack, others, theirs, nowMillis, tries);
        }
    }

    /** What is made of a visitor after the events; called anew after a lost race. */
    @FunctionalInterface
    public interface Maker<T> {
        /** Makes it; pure, since it may be called several times. */
        Made<T> make(Home home, Transition transition);
    }

    /**
     * Something made of a visitor.
     *
     * @param state the state to remember
     * @param log lines for the visitor's log, beside those of the events
     * @param answer what was made
     */
    public record Made<T>(VisitorState state, List<LogLine> log, T answer) {
        public Made {
            log = List.copyOf(log);
        }
    }

    /** The answer once everything is written; empty when the ids lead to two visitors. */
    public <T> Mono<T> change(Change change, Maker<T> maker) {
        return visitors.locate(change.ids())
                .flatMap(located -> located instanceof Located.At at ? linked(change, at.home(), maker) : Mono.empty());
    }

    /** The same, but of two visitors behind the ids the person who signed in counts. */
    public <T> Mono<T> changePerson(Change change, Maker<T> maker) {
        return change(change, maker)
                .switchIfEmpty(Mono.defer(
                        () -> change(change.as(new Identities(null, change.ids().userId())), maker)));
    }

    /** Only events join ids; asking for a decision does not. */
    private <T> Mono<T> linked(Change change, Home home, Maker<T> maker) {
        if (change.events().isEmpty() || home.unlinked().isEmpty()) {
            return make(change, home, maker);
        }
        return visitors.link(home.unlinked(), home.key())
                .flatMap(linked -> linked ? make(change, home, maker) : again(change, maker));
    }

    private <T> Mono<T> again(Change change, Maker<T> maker) {
        return change.tries() <= 0
                ? Mono.error(new StoreUnavailable("lost every race for one visitor"))
                : change(change.again(), maker);
    }

    private <T> Mono<T> make(Change change, Home home, Maker<T> maker) {
        return seenElsewhere(change, home).flatMap(seen -> {
            var events = change.events().stream().map(IncomingEvent::event).toList();
            var transition = Transitions.apply(change.pack(), home.state(), events, change.nowMillis(), seen);
            return write(change, home, transition, maker);
        });
    }

    private Mono<Set<Long>> seenElsewhere(Change change, Home home) {
        if (!home.state().seen().spilled() || change.events().isEmpty()) {
            return Mono.just(Set.of());
        }
        return visitors.spilled(
                home.key(),
                change.events().stream()
                        .map(incoming -> Hashes.first64(incoming.event().messageId()))
                        .toList());
    }

    private <T> Mono<T> write(Change change, Home home, Transition transition, Maker<T> maker) {
        var made = maker.make(home, transition);
        if (made.state().version() == home.state().version()) {
            return Flux.fromIterable(made.log())
                    .concatMap(line -> visitors.append(home.key(), line))
                    .then(Mono.just(made.answer()));
        }
        var write = new VisitorWrite(
                home.key(),
                home.state().version(),
                made.state(),
                transition.counts(),
                transition.spilled(),
                log(change, transition, made));
        return visitors.save(write).flatMap(saved -> {
            if (saved instanceof SaveResult.Saved) {
                news.changed(home.key());
                return Mono.just(made.answer());
            }
            return lost(change, home, saved, maker);
        });
    }

    /** The winner may have joined another person to this visitor; so several ids are looked up again. */
    private <T> Mono<T> lost(Change change, Home home, SaveResult saved, Maker<T> maker) {
        boolean oneId = change.ids().all().size() == 1
                && home.key().equals(VisitorKey.of(change.ids().lane()));
        if (oneId && change.tries() > 0 && saved instanceof SaveResult.Lost lost) {
            return make(change.again(), new Home(home.key(), lost.current(), List.of()), maker);
        }
        return again(change, maker);
    }

    private static List<LogLine> log(Change change, Transition transition, Made<?> made) {
        var lines = new ArrayList<LogLine>();
        for (int i = 0; i < change.events().size(); i++) {
            if (transition.receptions().get(i) != Reception.DUPLICATE) {
                lines.add(new LogLine(LogLine.Kind.EVENT, change.events().get(i).raw()));
            }
        }
        lines.addAll(made.log());
        return lines;
    }
}
