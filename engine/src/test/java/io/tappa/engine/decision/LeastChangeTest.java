package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.contact.FrequencyCap;
import io.tappa.engine.contact.FrequencyCap.Scope;
import io.tappa.engine.contact.Window;
import io.tappa.engine.decision.Change.OfNumber;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.ProductNews;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.visitor.VisitorState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an explanation says would do, does; and one unit less does not. The seed of a failure is in its message. */
class LeastChangeTest {
    private static final int SEEDS = 50;
    private static final int VISITORS = 40;
    private static final int LEAST_PAIRS_OF_A_SEED = 100;
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final long NOW = Instant.parse("2026-03-29T01:30:00Z").toEpochMilli();
    private static final long DAY = 86_400_000;
    private static final List<String> ASKED = List.of("views", "basket", "gap", "idle", "rate", "joined");
    private static final List<String> NUMBERS = List.of("views", "basket", "idle", "rate", "joined");

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theStatedChangeLetsTheRuleMatchAndOneUnitLessDoesNot(int seed) {
        var random = new Random(seed);
        var pack = pack(random);
        var hero = Objects.requireNonNull(pack.touchpoints().placement("home.hero"));
        int pairs = 0;
        for (int visitor = 0; visitor < VISITORS; visitor++) {
            var values = values(random);
            for (var judged : Explanation.missed(pack, facts(pack, values), hero)) {
                var rule = judged.candidate().rule();
                var changes = judged.verdict().changes();
                assertThat(changes)
                        .as("seed %d, %s, %s", seed, rule.id(), values)
                        .isNotEmpty();

                assertThat(matches(rule, changed(pack, values, changes)))
                        .as("seed %d, %s, %s, %s", seed, rule.id(), values, changes)
                        .isTrue();
                for (var change : changes) {
                    var less = oneUnitLess((OfNumber) change);
                    var nearly = new ArrayList<>(changes);
                    nearly.set(nearly.indexOf(change), less);
                    assertThat(matches(rule, changed(pack, values, nearly)))
                            .as("seed %d, %s, %s, %s", seed, rule.id(), values, nearly)
                            .isFalse();
                }
                pairs++;
            }
        }
        assertThat(pairs).isGreaterThan(LEAST_PAIRS_OF_A_SEED);
    }

    private static OfNumber oneUnitLess(OfNumber change) {
        boolean up = change.from() == FactValues.UNKNOWN ? change.to() > 0 : change.to() > change.from();
        return new OfNumber(change.fact(), change.from(), up ? change.to() - 1 : change.to() + 1, change.would());
    }

    private static boolean matches(Rule rule, FactValues facts) {
        return rule.alternatives().stream().anyMatch(box -> box.holds(facts));
    }

    /** Written as texts, so that what follows from another fact follows. */
    private static FactValues facts(PackSnapshot pack, Map<String, Long> values) {
        var around = new Circumstances(NOW, null, "home", new TreeMap<>(), new TreeMap<>(), ProductNews.NONE);
        var texts = new TreeMap<String, String>();
        values.forEach((id, value) -> {
            var fact = Objects.requireNonNull(pack.facts().find(id));
            texts.put(
                    id,
                    id.equals("joined")
                            ? Instant.ofEpochMilli(value).toString()
                            : BigDecimal.valueOf(value)
                                    .divide(BigDecimal.valueOf(fact.unitsPerOne()), 12, RoundingMode.HALF_UP)
                                    .toPlainString());
        });
        return pack.facts().assume(texts, around);
    }

    private static FactValues changed(PackSnapshot pack, Map<String, Long> values, List<Change> changes) {
        var more = new TreeMap<>(values);
        changes.forEach(change -> more.put(((OfNumber) change).fact().id(), ((OfNumber) change).to()));
        return facts(pack, more);
    }

    private static Map<String, Long> values(Random random) {
        var values = new TreeMap<String, Long>();
        for (var number : NUMBERS) {
            values.put(
                    number,
                    switch (number) {
                        case "views" -> (long) random.nextInt(20);
                        case "basket" -> (long) random.nextInt(10_000);
                        case "idle" -> (long) random.nextInt(100_000_000);
                        case "rate" -> (long) random.nextInt(2_000_000);
                        default -> NOW - random.nextInt(40) * DAY - random.nextInt(1_000);
                    });
        }
        return values;
    }

    private static PackSnapshot pack(Random random) {
        var rules = new StringBuilder("rules:\n");
        for (int rule = 0; rule < 12; rule++) {
            rules.append("  - { id: r%d, where: home, show: dear, if: { any of: [ %s, %s, %s ] } }\n"
                    .formatted(rule, box(random), box(random), box(random)));
        }
        var files = new PackFiles(new TreeMap<>(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
                "facts.yaml",
                """
                facts:
                  views:  { type: whole, count: Product Viewed }
                  basket: { type: money, from: cart.value }
                  gap:    { type: money, upTo: 80, of: basket }
                  idle:   { type: number, unit: hours, since: any event }
                  rate:   { type: number, trait: rate }
                  joined: { type: date, trait: joined }
                """,
                "touchpoints.yaml",
                "touchpoints: { home: { channel: site, placements: { hero: { content: { title: { type: text } } } } } }",
                "offers.yaml",
                "offers: { dear: { content: { site: { en: { title: Much } } } } }",
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }",
                "decisions/rules.yaml",
                rules.toString())));
        var result = PackReader.read(files);
        assertThat(result.problems().stream().filter(problem -> problem.severity() == Problem.Severity.ERROR))
                .isEmpty();
        return Objects.requireNonNull(result.snapshot());
    }

    /** Some conditions that can all hold. */
    private static String box(Random random) {
        var conditions = new ArrayList<String>();
        for (var number : ASKED) {
            if (random.nextInt(2) == 0) {
                conditions.add(number + ": " + phrase(random, number));
            }
        }
        return conditions.isEmpty() ? "{ views: at least 30 }" : "{ " + String.join(", ", conditions) + " }";
    }

    private static String phrase(Random random, String number) {
        int low = random.nextInt(20);
        if (number.equals("joined")) {
            return switch (random.nextInt(3)) {
                case 0 -> "in the last %d days".formatted(1 + low);
                case 1 -> "before 2026-03-%02d".formatted(1 + low);
                default -> "after 2026-03-%02d".formatted(1 + low);
            };
        }
        return switch (random.nextInt(4)) {
            case 0 -> "at least " + low;
            case 1 -> "less than " + (1 + low);
            case 2 -> low + " to " + (low + random.nextInt(3));
            default -> "less than %d or more than %d".formatted(1 + low, low + 3);
        };
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCapIsOpenAtTheStatedMomentAndNotOneMillisecondBefore(int seed) {
        var random = new Random(seed);
        int times = 1 + random.nextInt(4);
        var window = random.nextBoolean()
                ? new Window.Rolling(Duration.ofHours(1 + random.nextInt(60)))
                : new Window.Calendar(
                        List.of(Window.Calendar.Unit.DAY, Window.Calendar.Unit.WEEK, Window.Calendar.Unit.MONTH)
                                .get(random.nextInt(3)));
        var cap = new FrequencyCap(Scope.OFFER, "dear", times, window);
        var history = ContactHistory.EMPTY;
        for (int shown = 0; shown < 8; shown++) {
            history = history.plus(cap, Instant.ofEpochMilli(NOW - random.nextInt(80) * 3_600_000L));
        }
        var now = Instant.ofEpochMilli(NOW);

        var opens = cap.allowsAt(history, now, ROME);

        assertThat(cap.allows(history, opens, ROME)).isTrue();
        assertThat(opens.equals(now) || !cap.allows(history, opens.minusMillis(1), ROME))
                .isTrue();
        assertThat(opens.equals(now)).isEqualTo(cap.allows(history, now, ROME));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whoIsOutrankedWinsWithTheStatedPriorityOrValueAndNotWithOneLess(int seed) {
        var random = new Random(seed);
        int own = random.nextInt(101);
        int other = random.nextInt(101);
        int ownCents = 1 + random.nextInt(3);
        int otherCents = 1 + random.nextInt(3);
        var decided = decided(own, ownCents, other, otherCents);
        var loser = decided.judged().get(1);
        boolean ownLost = loser.candidate().rule().id().equals("own");

        for (var change : loser.verdict().changes()) {
            if (change instanceof Change.OfPriority priority) {
                assertThat(winner(ownLost, priority.to(), own, ownCents, other, otherCents))
                        .isEqualTo(loser.candidate().rule().id());
                assertThat(winner(ownLost, priority.to() - 1, own, ownCents, other, otherCents))
                        .isNotEqualTo(loser.candidate().rule().id());
            } else {
                int to = (int) ((Change.OfValue) change).toCents();
                assertThat((ownLost ? decided(own, to, other, otherCents) : decided(own, ownCents, other, to)).rule())
                        .isEqualTo(loser.candidate().rule().id());
                assertThat((ownLost ? decided(own, to - 1, other, otherCents) : decided(own, ownCents, other, to - 1))
                                .rule())
                        .isNotEqualTo(loser.candidate().rule().id());
            }
        }
        assertThat(loser.verdict().changes().isEmpty())
                .isEqualTo(Math.max(own, other) == 100 && own != other && !winsAt100(ownLost, ownCents, otherCents));
    }

    private static boolean winsAt100(boolean ownLost, int ownCents, int otherCents) {
        return Objects.equals(decided(100, ownCents, 100, otherCents).rule(), ownLost ? "own" : "other");
    }

    private static String winner(boolean ownLost, int to, int own, int ownCents, int other, int otherCents) {
        var decided = ownLost ? decided(to, ownCents, other, otherCents) : decided(own, ownCents, to, otherCents);
        return String.valueOf(decided.rule());
    }

    private static PlacementDecision decided(int own, int ownCents, int other, int otherCents) {
        var files = new PackFiles(new TreeMap<>(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
                "touchpoints.yaml",
                "touchpoints: { home: { channel: site, placements: { hero: { content: { title: { type: text } } } } } }",
                "offers.yaml",
                """
                offers:
                  mine:   { value: 0.0%d, content: { site: { en: { title: Much } } } }
                  theirs: { value: 0.0%d, content: { site: { en: { title: More } } } }
                """.formatted(ownCents, otherCents),
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }",
                "decisions/rules.yaml",
                """
                rules:
                  - { id: own, where: home, show: mine, priority: %d }
                  - { id: other, where: home, show: theirs, priority: %d }
                """.formatted(own, other))));
        var pack = Objects.requireNonNull(PackReader.read(files).snapshot());
        var home = Objects.requireNonNull(pack.touchpoints().find("home"));
        var request = new DecisionRequest(home, home.placements(), new TreeMap<>(), NOW);
        var facts = pack.factsFor(VisitorState.UNSEEN, NOW, "home", new TreeMap<>());
        return Decider.decide(pack, Inputs.of(request, facts)).placements().get(0);
    }
}
