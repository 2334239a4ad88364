package io.tappa.api.event;

import io.tappa.api.store.FusedId;
import io.tappa.api.store.Home;
import io.tappa.api.store.Lead;
import io.tappa.api.store.LogLine;
import io.tappa.api.store.SaveResult;
import io.tappa.api.store.StoreUnavailable;
import io.tappa.api.store.VisitorStore;
import io.tappa.api.store.VisitorWrite;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.IdKind;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.VisitorKey;
import io.tappa.engine.outcome.Outcomes;
import io.tappa.engine.outcome.Outcomes.Heard;
import io.tappa.engine.outcome.Tally;
import io.tappa.engine.transition.AnswerCounts;
import io.tappa.engine.transition.Arrival;
import io.tappa.engine.transition.Reception;
import io.tappa.engine.transition.Transition;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The one way to change a visitor: read, fold events, make something of it, write all at once. A lost race makes it again
 * on what the winner wrote.
 */
public final class VisitorChanger {
    /** Said of an answer that leaves out a userId nobody proved. */
    public static final String UNVERIFIED_USER = "unverified-user";
    /** Said of an answer that leaves out a device that has a history. */
    public static final String UNVERIFIED_DEVICE = "unverified-device";

    private final VisitorStore visitors;
    private final VisitorNews news;
    private final Joiner joiner;
    private final NearVisitors near;
    private final Eraser eraser;
    private final BeforeWriting before;
    private final AfterWriting after;

    VisitorChanger(
            VisitorStore visitors,
            VisitorNews news,
            NearVisitors near,
            Eraser eraser,
            BeforeWriting before,
            AfterWriting after) {
        this.visitors = visitors;
        this.news = news;
        this.joiner = new Joiner(visitors, news);
        this.near = near;
        this.eraser = eraser;
        this.before = before;
        this.after = after;
    }

    /** What is made of a visitor after the events; called anew after a lost race. */
    @FunctionalInterface
    public interface Maker<T> {
        /**
         * Makes it. Called several times it may ask other stores only for what may be asked for again. {@code degraded} tells what
         * could not be done as asked.
         */
        Mono<Made<T>> make(Home home, Transition transition, List<String> degraded);
    }

    /**
     * Something made of a visitor.
     *
     * @param state the state to remember
     * @param log lines for the visitor's log, beside those of the events
     * @param tally what is counted with it
     * @param answer what was made
     */
    public record Made<T>(VisitorState state, List<LogLine> log, Tally tally, T answer) {
        public Made {
            log = List.copyOf(log);
        }

        /** Something that counts nothing. */
        public Made(VisitorState state, List<LogLine> log, T answer) {
            this(state, log, Tally.NONE, answer);
        }
    }

    /** The answer once everything is written. */
    public <T> Mono<T> change(Change change, Maker<T> maker) {
        return leads(change).flatMap(leads -> {
            var unfinished = leads.stream().filter(Lead::isUnfinished).findFirst();
            if (unfinished.isPresent()) {
                return joiner.finish(change.pack(), unfinished.get()).flatMap(done -> next(change, done, maker));
            }
            var over = leads.stream()
                    .filter(lead -> Transitions.isOver(change.pack(), lead.state(), change.nowMillis()))
                    .findFirst();
            if (over.isPresent()) {
                var visit = new Home(over.get().key(), over.get().state());
                return eraser.forget(visit).flatMap(done -> next(change, done, maker));
            }
            var resolution = remembering(change, Resolution.of(change.ids(), leads), leads);
            return change.events().isEmpty() ? make(change, resolution, maker) : gathered(change, resolution, maker);
        });
    }

    /** Whoever only decides for one id, and writes that, may begin with what was written here last. */
    private Mono<List<Lead>> leads(Change change) {
        boolean alone = change.writes()
                && change.events().isEmpty()
                && change.ids().all().size() == 1;
        var known = alone ? near.find(change.ids().lane()) : null;
        return known == null ? visitors.leads(change.ids()) : Mono.just(List.of(known));
    }

    /** Ids that lead to nobody any more bring along what they denied; as in any join, the strictest holds. */
    private static Resolution remembering(Change change, Resolution resolution, List<Lead> leads) {
        var home = resolution.home();
        var state = home.state();
        for (var lead : leads) {
            boolean meant = resolution.ids().all().contains(lead.id());
            var denied = lead.known() || !meant || lead.key().equals(home.key())
                    ? null
                    : lead.state().consents();
            if (denied != null) {
                long joined = home.state().isLight() ? 0 : joinedMillis(change, home.state());
                state = state.remembering(lead.id(), denied, joined);
            }
        }
        return resolution.at(new Home(home.key(), state));
    }

    /** When ids are joined: though the event that says so be an old one, what is known by now was said before. */
    private static long joinedMillis(Change change, VisitorState state) {
        var recent = state.window().recent();
        long known = recent.isEmpty() ? 0 : recent.get(recent.size() - 1).atMillis();
        return Math.max(change.newestMillis(), known + 1);
    }

    /** Only events bring ids together; asking for a decision does not. */
    private <T> Mono<T> gathered(Change change, Resolution resolution, Maker<T> maker) {
        if (change.events().stream().allMatch(incoming -> resolution.wasErasedSince(incoming.event()))) {
            return make(change.as(resolution.ids()), resolution, maker);
        }
        var join = resolution.join();
        if (join != null) {
            var newest = change.events().get(change.events().size() - 1).event();
            long at = Math.max(joinedMillis(change, resolution.home().state()), joinedMillis(change, join.state()));
            return joiner.begin(
                            named(resolution.home(), change.ids()),
                            named(new Home(join.key(), join.state()), change.ids()),
                            at,
                            newest.messageId())
                    .flatMap(begun -> next(change, begun, maker));
        }
        var meant = change.as(resolution.ids());
        if (resolution.unlinked().isEmpty()) {
            return make(meant, resolution, maker).flatMap(answer -> handOver(change, resolution, maker, answer));
        }
        return visitors.link(resolution.unlinked(), resolution.home().key())
                .flatMap(linked -> linked ? make(meant, resolution, maker) : again(change, maker))
                .flatMap(answer -> handOver(change, resolution, maker, answer));
    }

    /** Devices go over once the events are written; sent again, the events change nothing and the devices still go over. */
    private <T> Mono<T> handOver(Change change, Resolution resolution, Maker<T> maker, T answer) {
        if (resolution.handOver().isEmpty()) {
            return Mono.just(answer);
        }
        long at = change.newestMillis();
        return Flux.fromIterable(resolution.handOver())
                .concatMap(lead ->
                        joiner.handOver(change.pack(), lead, resolution.home().key(), at))
                .all(done -> done)
                .flatMap(done -> done ? Mono.just(answer) : again(change, maker));
    }

    private <T> Mono<T> again(Change change, Maker<T> maker) {
        return next(change, false, maker);
    }

    /** A step that succeeded brings the ids closer together and is no lost race. */
    private <T> Mono<T> next(Change change, boolean succeeded, Maker<T> maker) {
        near.drop(VisitorKey.of(change.ids().lane()));
        var next = change.next(succeeded);
        return next.isHopeless()
                ? Mono.error(new StoreUnavailable("lost every race for one visitor"))
                : change(next, maker);
    }

    /** Who was only shown something has no id yet, and joins under the one that leads there. */
    private static Home named(Home home, Identities ids) {
        return !home.state().lanes().isEmpty()
                ? home
                : ids.all().stream()
                        .filter(id -> VisitorKey.of(id).equals(home.key()))
                        .findFirst()
                        .map(id -> new Home(home.key(), home.state().named(id)))
                        .orElse(home);
    }

    private <T> Mono<T> make(Change change, Resolution resolution, Maker<T> maker) {
        var home = resolution.home();
        return home.state().seen().spilled() && !change.events().isEmpty()
                ? seenElsewhere(change, home).flatMap(seen -> make(change, resolution, seen, maker))
                : make(change, resolution, Set.of(), maker);
    }

    private <T> Mono<T> make(Change change, Resolution resolution, Set<Long> seen, Maker<T> maker) {
        var home = resolution.home();
        var events = change.happened();
        var arrival = new Arrival(events, change.nowMillis(), seen, resolution.erasedMillis());
        var transition = Transitions.applyAndWake(change.pack(), home.state(), arrival);
        var heard = hear(change, transition, events);
        var remembering = transition.with(transition.state().hearing(heard.memory()));
        var first = before(change, home, events);
        return first == null
                ? write(change, resolution, remembering, heard.tally(), maker)
                : first.then(Mono.defer(() -> write(change, resolution, remembering, heard.tally(), maker)));
    }

    private @Nullable Mono<Void> before(Change change, Home home, List<VisitorEvent> events) {
        if (events.isEmpty()) {
            return null;
        }
        return before.of(change.pack(), events, () -> places(change, home), change.nowMillis());
    }

    private static Set<VisitorKey> places(Change change, Home home) {
        var places = new HashSet<>(home.places());
        change.ids().all().forEach(id -> places.add(VisitorKey.of(id)));
        return places;
    }

    /** What the events that count say about offers. */
    private static Heard hear(Change change, Transition transition, List<VisitorEvent> events) {
        var state = transition.state();
        if (transition.ended() || events.isEmpty()) {
            return new Heard(state.memory(), Tally.NONE);
        }
        var stage = state.now().stage(change.pack().settings().journey());
        var counted = counted(transition, events);
        return Outcomes.hear(change.pack(), state.memory(), stage == null ? "" : stage, counted);
    }

    private static List<VisitorEvent> counted(Transition transition, List<VisitorEvent> events) {
        var counted = new ArrayList<VisitorEvent>();
        for (int i = 0; i < events.size(); i++) {
            if (transition.receptions().get(i).counts()) {
                counted.add(events.get(i));
            }
        }
        return counted;
    }

    private void written(Change change, Transition transition) {
        if (!change.events().isEmpty()) {
            after.counted(change.pack(), counted(transition, change.happened()), change.nowMillis());
        }
    }

    private Mono<Set<Long>> seenElsewhere(Change change, Home home) {
        return visitors.spilled(
                home.places(),
                change.events().stream()
                        .map(incoming -> Hashes.first64(incoming.event().messageId()))
                        .toList());
    }

    private <T> Mono<T> write(
            Change change, Resolution resolution, Transition transition, Tally heard, Maker<T> maker) {
        var degraded = resolution.unproven().stream()
                .map(kind -> kind == IdKind.USER ? UNVERIFIED_USER : UNVERIFIED_DEVICE)
                .toList();
        return maker.make(resolution.home(), transition, degraded)
                .flatMap(made -> write(change, resolution, transition, heard, made, maker));
    }

    private <T> Mono<T> write(
            Change change, Resolution resolution, Transition transition, Tally heard, Made<T> made, Maker<T> maker) {
        var home = resolution.home();
        if (transition.ended()) {
            return end(change, resolution, transition, made, maker);
        }
        if (made.state().version() == home.state().version()) {
            var lines = log(change, resolution, transition, made);
            return lines.isEmpty()
                    ? Mono.just(made.answer())
                    : visitors.append(home.key(), home.state(), lines)
                            .flatMap(saved -> saved instanceof SaveResult.Saved
                                    ? Mono.just(kept(home, home.state(), made))
                                    : lost(change, resolution, saved, maker));
        }
        var write = new VisitorWrite(
                home.key(),
                home.state(),
                made.state(),
                transition.counts(),
                transition.spilled(),
                log(change, resolution, transition, made),
                Ledger.lines(transition.settled()),
                false);
        var counting = write.counting(answers(change, transition), heard.plus(made.tally()));
        var whole = made.state().hasFused() ? counting.fusing(known(home, change.ids())) : counting;
        return visitors.save(whole).flatMap(saved -> {
            if (saved instanceof SaveResult.Saved stored) {
                news.changed(home.key());
                written(change, transition);
                return Mono.just(kept(home, stored.state(), made));
            }
            return lost(change, resolution, saved, maker);
        });
    }

    private <T> T kept(Home home, VisitorState state, Made<T> made) {
        near.keep(home.key(), state);
        return made.answer();
    }

    private static AnswerCounts answers(Change change, Transition transition) {
        return AnswerCounts.of(change.pack(), change.happened(), transition.receptions());
    }

    private static Collection<FusedId> known(Home home, Identities ids) {
        var known = FusedId.of(home.state());
        ids.all().forEach(id -> known.putIfAbsent(id, new FusedId(id, null)));
        return known.values();
    }

    /** Without consent nothing is kept: not even what would have to be written now, but for the denial. */
    private <T> Mono<T> end(Change change, Resolution resolution, Transition transition, Made<T> made, Maker<T> maker) {
        var home = resolution.home();
        if (!home.state().isKept() && change.events().isEmpty()) {
            return Mono.just(made.answer());
        }
        return eraser.forget(
                        home,
                        transition.state(),
                        transition.counts(),
                        change.ids().all())
                .flatMap(done -> {
                    if (done) {
                        written(change, transition);
                        return Mono.just(made.answer());
                    }
                    return again(change, maker);
                });
    }

    /**
     * The winner may have joined another person to this visitor, so several ids are looked up again; and so is somebody who
     * was forgotten, for what is left of them.
     */
    private <T> Mono<T> lost(Change change, Resolution resolution, SaveResult saved, Maker<T> maker) {
        var key = resolution.home().key();
        near.drop(key);
        boolean oneId = change.ids().all().size() == 1
                && key.equals(VisitorKey.of(change.ids().lane()));
        if (oneId
                && change.tries() > 0
                && saved instanceof SaveResult.Lost lost
                && !lost.current().isLight()) {
            var next = resolution.at(new Home(key, lost.current()));
            return make(change.next(false), next, maker);
        }
        return again(change, maker);
    }

    /** An event that was counted before is in the log already, and one from before an erasure must never be. */
    private static List<LogLine> log(Change change, Resolution resolution, Transition transition, Made<?> made) {
        var lines = new ArrayList<LogLine>();
        for (int i = 0; i < change.events().size(); i++) {
            var reception = transition.receptions().get(i);
            if (reception.counts()) {
                boolean late = reception == Reception.LATE;
                lines.add(LoggedEvent.line(change.events().get(i).event(), change.nowMillis(), late));
            }
        }
        lines.addAll(made.log());
        var lane = resolution.ids().lane();
        var home = resolution.home().key();
        return lines.stream().map(line -> line.of(lane, home)).toList();
    }
}
