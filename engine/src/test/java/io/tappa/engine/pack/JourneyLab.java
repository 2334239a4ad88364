package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.journey.Journey;
import io.tappa.engine.journey.Move;
import io.tappa.engine.pack.PingPong.Found;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.PlainRuleSet;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.rule.drools.DroolsRuleSet;
import io.tappa.engine.rule.file.ConditionReader;
import io.tappa.engine.rule.file.Vocabulary;
import io.tappa.engine.rule.file.YamlFile;
import io.tappa.engine.transition.Transitions;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A journey that may be as wrong as it likes: what the checker says of it, and what the engine makes of its visitors. */
final class JourneyLab {
    private static final String FILE = "journeys/shop.yaml";
    private static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

    /** The pack of all random journeys, without its moves. */
    private static final PackSnapshot STILL = still(RandomJourney.files("""
            journey: shop
            start: a
            stages: { a: {}, b: {}, c: {} }
            """));

    private final PackSnapshot around = STILL;
    private final Journey journey;
    private final JourneyReader reader;
    private final Problems problems = new Problems();

    private static PackSnapshot still(SortedMap<String, String> files) {
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return Objects.requireNonNull(result.snapshot());
    }

    JourneyLab(String text) {
        reader = new JourneyReader(Objects.requireNonNull(YamlFile.read(FILE, text, problems)), problems);
        journey = Objects.requireNonNull(reader.read(new ConditionReader(around.facts(), problems)));
    }

    boolean isReadable() {
        return !problems.hasErrors();
    }

    PackSnapshot around() {
        return around;
    }

    Journey journey() {
        return journey;
    }

    private Terrain terrain() {
        return new Terrain(journey, List.of(journey), around.facts(), around.personas());
    }

    private MoveTrial trial() {
        return new MoveTrial(journey, rules().rules(), FactWords.english(around.settings()));
    }

    private PlainRuleSet rules() {
        var words = new Vocabulary(around.facts(), around.touchpoints(), around.offers());
        return new PlainRuleSet(MoveRules.of(List.of(journey), words, around.settings()));
    }

    /** What the checker says. */
    List<Problem> checked() {
        var told = new Problems();
        JourneyCheck.check(journey, reader, terrain(), trial(), told);
        return told.all();
    }

    /** The pairs that undo each other, each with somebody for whom they do. */
    List<Found> pingPongs() {
        var told = new Problems();
        var contest = new MoveContest(journey, terrain());
        var pingPong = new PingPong(journey, reader, terrain(), trial(), told);
        var found = new ArrayList<Found>();
        contest.events().forEach(event -> found.addAll(pingPong.find(contest.wins(event), event)));
        found.addAll(pingPong.find(contest.timeOutsOfUnchanged(), "silence"));
        return found;
    }

    /** The stages somebody goes through, from the first one on, when the cause comes four times. */
    List<String> lives(Found found) {
        var pack = new PackSnapshot(
                around.settings(),
                around.hash(),
                around.facts(),
                around.money(),
                around.surveys(),
                around.personas(),
                List.of(journey),
                around.touchpoints(),
                around.offers(),
                DroolsRuleSet.compile(rules().rules()),
                around.decisions(),
                around.policy(),
                around.programme(),
                List.of(),
                around.keep());
        var life = new Life(pack);
        life.begin(found);
        var stages = new ArrayList<String>(List.of(life.stage()));
        for (int i = 0; i < 4; i++) {
            life.happens(found.first().move());
            stages.add(life.stage());
        }
        return stages;
    }

    /** What the visitor of {@code found} should go through. */
    static List<String> backAndForth(Found found) {
        var here = found.first().spot().where();
        var there = found.second().spot().where();
        return List.of(here, there, here, there, here);
    }

    /** One visitor in the real engine. */
    private static final class Life {
        private final PackSnapshot pack;
        private VisitorState visitor = VisitorState.UNSEEN;
        private Instant now = BEGIN;
        private int count;

        Life(PackSnapshot pack) {
            this.pack = pack;
        }

        void begin(Found found) {
            var facts = found.there();
            var reached = Objects.requireNonNull(pack.facts().find("reached"));
            for (var stage : Objects.requireNonNull(facts.words(reached.index()))) {
                set(stage);
            }
            set(found.first().spot().where());
            var traits = new TreeMap<String, String>();
            var words = FactWords.english(pack.settings());
            for (var name : List.of("size", "taste", "card")) {
                var fact = Objects.requireNonNull(pack.facts().find(name));
                if (facts.knows(fact)) {
                    traits.put("traits." + name, words.inWords(fact, facts));
                }
            }
            happens("Identified", traits);
        }

        private void set(String stage) {
            happens("Stage Set", Map.of("journey", "shop", "stage", stage));
        }

        void happens(Move move) {
            if (move.on() != null) {
                happens(move.on(), Map.of());
            } else {
                now = now.plus(Duration.ofDays(2));
                visitor = Transitions.applyAndWake(pack, visitor, List.of(), now.toEpochMilli(), Set.of())
                        .state();
            }
        }

        private void happens(String event, Map<String, String> values) {
            now = now.plusSeconds(event.equals("Stage Set") || event.equals("Identified") ? 0 : 60);
            var happened = new VisitorEvent(
                    "m" + (1000 + count++), Identities.of("browser", null), event, now, new TreeMap<>(values));
            visitor = Transitions.applyAndWake(pack, visitor, List.of(happened), now.toEpochMilli(), Set.of())
                    .state();
        }

        String stage() {
            var stage = visitor.now().stage("shop");
            return stage == null ? Move.NOWHERE : stage;
        }
    }
}
