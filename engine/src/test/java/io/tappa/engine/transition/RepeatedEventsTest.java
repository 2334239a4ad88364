package io.tappa.engine.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Hashes;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.visitor.SeenEvents;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An event sent again is the same event, however much came in between. */
class RepeatedEventsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final long RECEIVED = NOON.toEpochMilli();

    private static VisitorEvent view(int number) {
        return new VisitorEvent(
                "view-" + number,
                Identities.of("browser", null),
                "Product Viewed",
                NOON.plusSeconds(number),
                new TreeMap<>());
    }

    private static List<VisitorEvent> views(int count) {
        var views = new ArrayList<VisitorEvent>();
        for (int i = 0; i < count; i++) {
            views.add(view(i));
        }
        return views;
    }

    private static Transition apply(VisitorState before, List<VisitorEvent> events, Set<Long> seenElsewhere) {
        return Transitions.apply(LabPack.PACK, before, events, RECEIVED, seenElsewhere);
    }

    @Test
    void aLongBatchSpillsExactlyWhatSingleEventsSpill() {
        var views = views(700);
        var oneByOne = VisitorState.UNSEEN;
        var spilledOneByOne = new ArrayList<SeenEvents.Seen>();
        for (var view : views) {
            var transition = apply(oneByOne, List.of(view), Set.of());
            oneByOne = transition.state();
            spilledOneByOne.addAll(transition.spilled());
        }

        var atOnce = apply(VisitorState.UNSEEN, views, Set.of());

        assertThat(atOnce.state()).isEqualTo(oneByOne);
        assertThat(atOnce.spilled()).isEqualTo(spilledOneByOne).isNotEmpty();
    }

    @Test
    void aRepetitionWithinOneLongBatchIsFoundAfterItsIdWasSpilled() {
        var views = views(400);
        views.add(view(0));

        var transition = apply(VisitorState.UNSEEN, views, Set.of());

        assertThat(transition.receptions().get(400)).isEqualTo(Reception.DUPLICATE);
        assertThat(transition.state().events()).isEqualTo(400);
    }

    @Test
    void aRepetitionIsKnownByWhatWasSpilledBefore() {
        var before = apply(VisitorState.UNSEEN, views(300), Set.of());
        var elsewhere = new HashSet<Long>();
        before.spilled().forEach(spill -> elsewhere.add(spill.hash()));

        var again = apply(before.state(), List.of(view(0)), elsewhere);

        assertThat(elsewhere).contains(Hashes.first64("view-0"));
        assertThat(again.receptions()).containsExactly(Reception.DUPLICATE);
        assertThat(again.state()).isSameAs(before.state());
        assertThat(again.counts().byJourney()).isEmpty();
        assertThat(again.spilled()).isEmpty();
    }

    @Test
    void aRepetitionAfter24HoursCountsAsNew() {
        var once = apply(VisitorState.UNSEEN, views(1), Set.of()).state();
        long later = RECEIVED + Duration.ofHours(25).toMillis();
        var other = Transitions.apply(LabPack.PACK, once, List.of(view(1)), later, Set.of());

        var again = Transitions.apply(LabPack.PACK, other.state(), List.of(view(0)), later, Set.of());

        assertThat(again.receptions()).containsExactly(Reception.COUNTED);
    }

    @Test
    void anIdOfAnotherVisitorIsNoRepetition() {
        var transition = apply(VisitorState.UNSEEN, views(1), Set.of(Hashes.first64("view-7")));

        assertThat(transition.receptions()).containsExactly(Reception.COUNTED);
    }
}
