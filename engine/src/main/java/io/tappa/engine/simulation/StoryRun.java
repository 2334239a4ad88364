package io.tappa.engine.simulation;

import io.tappa.engine.decision.DecisionRequest;
import io.tappa.engine.decision.Grants;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.Permissions;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.journey.Move;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.FactWords;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario.Expectation;
import io.tappa.engine.pack.Scenario.Expectation.Holds;
import io.tappa.engine.pack.Scenario.Expectation.InStage;
import io.tappa.engine.pack.Scenario.Expectation.Moves;
import io.tappa.engine.pack.Scenario.Scene;
import io.tappa.engine.pack.Scenario.Story;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.InJourney;
import io.tappa.engine.visitor.Step;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a story: one person in the real engine, on a virtual clock. */
final class StoryRun {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final PackSnapshot pack;
    private final FactWords words;
    private final List<PlacementDecision> decided = new ArrayList<>();
    private final List<String> differences = new ArrayList<>();
    private VisitorState visitor = VisitorState.UNSEEN;
    private int count;

    private StoryRun(PackSnapshot pack) {
        this.pack = pack;
        this.words = FactWords.english(pack.settings());
    }

    static ScenarioRun of(PackSnapshot pack, Story story) {
        var run = new StoryRun(pack);
        story.scenes().forEach(run::go);
        return new ScenarioRun(story, run.decided, run.differences);
    }

    private void go(Scene scene) {
        var events = scene.event() == null ? List.<VisitorEvent>of() : List.of(happened(scene, scene.event()));
        visitor = Transitions.applyAndWake(pack, visitor, events, scene.atMillis(), Set.of())
                .state();
        for (var expected : scene.expected()) {
            note(scene, difference(expected, scene.atMillis()));
        }
        if (scene.placement() != null && scene.answer() != null) {
            var asked = Asked.of(pack, inputs(scene, scene.placement()));
            if (!asked.decision().memory().equals(visitor.memory())) {
                visitor = visitor.with(asked.decision().memory());
            }
            decided.add(asked.decided());
            note(scene, asked.difference(scene.answer()));
        }
    }

    private VisitorEvent happened(Scene scene, String event) {
        count++;
        return new VisitorEvent(
                "scene-%06d".formatted(count),
                Identities.of("visitor", null),
                event,
                Instant.ofEpochMilli(scene.atMillis()),
                scene.values());
    }

    private void note(Scene scene, @Nullable String difference) {
        if (difference != null) {
            differences.add("line %d, %s: %s".formatted(scene.place().line(), time(scene.atMillis()), difference));
        }
    }

    private String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis).atZone(pack.settings().zone()));
    }

    private Inputs inputs(Scene scene, Placement placement) {
        var touchpoint = Objects.requireNonNull(pack.touchpoints().find(placement.touchpoint()));
        var request = new DecisionRequest(touchpoint, List.of(placement), PackSnapshot.noContext(), scene.atMillis());
        return new Inputs(
                        request,
                        pack.factsFor(visitor, scene.atMillis(), touchpoint.key(), request.context()),
                        visitor.memory(),
                        Permissions.of(pack, touchpoint.channel(), consents(scene)),
                        scene.assumed().lots(),
                        Asked.around(scene.assumed()),
                        Grants.imagined(pack))
                .with(ProductLists.IMAGINED);
    }

    /** What the visitor said, and what is said for this one decision. */
    private @Nullable ConsentCell consents(Scene scene) {
        var before = visitor.consents();
        var said = scene.assumed().consents();
        if (said.isEmpty()) {
            return before;
        }
        var now = ConsentCell.said(said, Long.MAX_VALUE);
        return before == null ? now : before.plus(now);
    }

    private @Nullable String difference(Expectation expected, long now) {
        if (expected instanceof InStage in) {
            return stageDifference(in);
        }
        if (expected instanceof Moves moves) {
            return movesDifference(moves);
        }
        var holds = (Holds) expected;
        var fact = holds.condition().fact();
        var facts = pack.factsFor(visitor, now, null, PackSnapshot.noContext());
        return holds.condition().holds(facts)
                ? null
                : "expected %s: %s, but it is %s".formatted(fact.label(), holds.phrase(), words.inWords(fact, facts));
    }

    private @Nullable String stageDifference(InStage expected) {
        var stage = visitor.now().stage(expected.journey());
        var is = stage == null ? Move.NOWHERE : stage;
        return expected.stage().equals(is)
                ? null
                : "expected stage %s of %s, but it is %s, %s"
                        .formatted(expected.stage(), expected.journey(), is, because(expected.journey()));
    }

    private @Nullable String movesDifference(Moves expected) {
        var made = made(expected.journey()).stream().map(InJourney.Entry::move).toList();
        return expected.moves().equals(made)
                ? null
                : "expected the moves %s in %s, but they were %s, %s"
                        .formatted(
                                listed(expected.moves()),
                                expected.journey(),
                                listed(made),
                                because(expected.journey()));
    }

    private static String listed(List<String> moves) {
        return moves.isEmpty() ? "none" : String.join(", ", moves);
    }

    /** What entered the journey is no move, unless a move did. */
    private List<InJourney.Entry> made(String journey) {
        var in = visitor.now().in(journey);
        return in == null
                ? List.of()
                : in.history().stream()
                        .filter(entry -> !entry.move().equals(Step.ENTRY))
                        .toList();
    }

    private String because(String journey) {
        var recent = visitor.window().recent();
        var last = recent.isEmpty() ? null : recent.get(recent.size() - 1);
        var made = made(journey);
        if (visitor.isLight()) {
            return count == 0 ? "for nothing happened yet" : "for the visit has ended and was forgotten";
        }
        if (made.isEmpty()) {
            return last == null ? "for no move was made" : "for %s made no move".formatted(last.name());
        }
        var move = made.get(made.size() - 1);
        var told = "for %s made the move %s at %s".formatted(move.event(), move.move(), time(move.atMillis()));
        return last != null && last.atMillis() > move.atMillis()
                ? "%s, and %s made none".formatted(told, last.name())
                : told;
    }
}
