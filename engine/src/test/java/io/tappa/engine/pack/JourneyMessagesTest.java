package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Problem.Severity;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an author hears about moves that undo each other, moves nobody makes, and stages nobody reaches or leaves. */
class JourneyMessagesTest {
    private static final String STAGES = """
            journey: shop
            start: new
            stages:
              new: {}
              warm: { within: 7 days }
              buyer: {}
            moves:
            """;
    private static final String FACTS = """
            facts:
              day:     { label: views in a day, type: whole, count: Product Viewed, within: 24 hours }
              week:    { label: views in a week, type: whole, count: Product Viewed, within: 7 days }
              value:   { label: basket value, type: money, from: cart.value }
              items:   { label: products in the basket, type: whole, from: cart.items }
              gap:     { label: basket gap, type: money, upTo: 80, of: value }
              nps:     { label: last NPS answer, type: whole, from: last nps }
              angry:   { label: would warn friends, type: yesno, from: detractor }
              idle:    { label: idle time, type: number, unit: hours, since: any event }
              hours:   { label: hours in this stage, type: number, unit: hours, from: time in stage }
              overdue: { label: goal overdue, type: yesno, from: goal overdue }
              country: { label: home country, type: word, trait: country }
              born:    { label: day of birth, type: date, trait: born }
              device:  { label: device in use, type: word, from: context.device }
            """;

    private static List<Problem> problems(String journey) {
        return problems(journey, FACTS);
    }

    private static List<Problem> problems(String journey, String facts) {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, journey: shop }");
        files.put("facts.yaml", facts);
        files.put(
                "personas.yaml",
                "personas: { fan: { if: { last NPS answer: at least 9, basket value: more than 0 } } }");
        files.put("journeys/shop.yaml", journey);
        return PackReader.read(new PackFiles(files), PlainRuleSet::new).problems();
    }

    private static List<Problem> of(String... moves) {
        return problems(
                STAGES + List.of(moves).stream().map("  - { %s }\n"::formatted).collect(Collectors.joining()));
    }

    private static List<String> words(List<Problem> problems) {
        return problems.stream().map(Problem::inWords).toList();
    }

    @Test
    void movesThatUndoEachOtherAreToldWithSomebodyForWhomTheyDo() {
        var problems = of(
                "id: buys, on: Order Completed, to: buyer",
                "id: wants, on: Product Added, from: [ new, buyer ], if: { basket value: at least 62 }, to: warm",
                "id: cools, on: Product Added, from: warm, if: { persona: not fan, home country: IT or FR }, to: new");

        assertThat(words(problems)).containsExactly("""
                journeys/shop.yaml, line 10, column 5 (ping-pong), rule cools
                  "cools" takes back what "wants" does: with each "Product Added" somebody with basket value 62 EUR, persona none, home country FR goes from new to warm and back.
                  Let one of the two ask for something that the other excludes, or let it start in other stages.""");
        assertThat(problems.get(0).severity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void silencesMayUndoEachOtherToo() {
        var problems = of(
                "id: buys, on: Order Completed, to: buyer",
                "id: wants, on: Product Added, to: warm",
                "id: cools, after: 3 days in stage, from: warm, to: new",
                "id: warms, after: 5 days without events, from: new, if: { idle time: at least 5 days }, to: warm");

        assertThat(words(problems)).containsExactly("""
                journeys/shop.yaml, line 11, column 5 (ping-pong), rule warms
                  "warms" takes back what "cools" does: with each silence somebody with idle time 120 hours goes from warm to new and back.
                  Let one of the two ask for something that the other excludes, or let it start in other stages.""");
    }

    @Test
    void aMoveNobodyMakesIsToldWithThoseThatComeFirst() {
        var problems = of(
                "id: buys, on: Order Completed, to: buyer",
                "id: wants, on: Product Added, if: { basket value: at least 50 }, to: warm",
                "id: likes, on: Product Added, from: new, if: { basket gap: at most 10 }, to: buyer, priority: low",
                "id: leaves, on: Account Closed, to: nowhere");

        assertThat(words(problems)).containsExactly("""
                journeys/shop.yaml, line 10, column 5 (never-wins), rule likes
                  "likes" is never made: wherever it fits, "wants" comes first.
                  Give it a higher priority, let it ask for more than the other does, or remove it.""");
        assertThat(problems.get(0).severity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void stagesThatNobodyReachesOrLeavesAreTold() {
        var problems = of("id: buys, on: Order Completed, from: [ new, warm ], to: buyer");

        assertThat(words(problems)).containsExactly("""
                journeys/shop.yaml, line 5, column 3 (unreachable-stage)
                  No way leads from new to the stage warm.
                  Add a move to it, or remove the stage; until then it can only be set by hand.""", """
                journeys/shop.yaml, line 6, column 3 (no-exit)
                  Whoever is in the stage buyer can never leave it.
                  Add a move that starts there; if people may stay for good, write "ends: yes" in the stage.""");
        assertThat(words(problems(
                        STAGES.replace("buyer: {}", "buyer: { ends: yes }").replace("  warm: { within: 7 days }\n", "")
                                + "  - { id: buys, on: Order Completed, from: new, to: buyer }")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // what makes it impossible or not | condition of a move from new with the event Product Viewed | code
                "the value is known from the gap|gap: at least 10, value: at least 80|never-wins",
                "an event just happened|idle time: at least 5|never-wins",
                "the event is counted|views in a day: 0|never-wins",
                "moves know no request|device in use: mobile|never-wins",
                "the start is no other stage|stage: warm|never-wins",
                "who warns does not recommend|would warn friends: yes, last NPS answer: at least 8|never-wins",
                "fans have something in the basket|persona: fan, basket gap: 80|never-wins",
                "the goal of new has no time|goal overdue: yes|never-wins",
                "newcomers have been there for no time|hours in this stage: unknown|",
                "a day has one view|views in a day: 1, views in a week: 1|"
            })
    void aMoveWhoseConditionsNobodyMeetsIsNeverMade(String why, String conditions, String code) {
        var problems = of(
                "id: buys, on: Order Completed, to: buyer",
                "id: wants, on: Product Added, to: warm",
                "id: leaves, on: Account Closed, to: nowhere",
                "id: looks, on: Product Viewed, from: new, if: { %s }, to: warm".formatted(conditions));

        assertThat(problems).as(why).extracting(Problem::code).isEqualTo(code == null ? List.of() : List.of(code));
        problems.forEach(problem -> assertThat(problem.inWords()).isEqualTo("""
                journeys/shop.yaml, line 11, column 5 (never-wins), rule looks
                  "looks" is never made: nobody can be the way its conditions ask.
                  Change one of its conditions or where it starts, or remove it."""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                // of the move from new to warm | of the move back | code
                "views in a day: at least 3|views in a week: at most 2|",
                "views in a day: at least 3|views in a week: at most 3|ping-pong",
                "basket value: at least 50|products in the basket: 0|",
                "basket value: at least 50|products in the basket: at most 1|ping-pong",
                "basket gap: at most 10|basket value: less than 70|",
                "basket gap: at most 10|basket value: at most 70|ping-pong",
                "would warn friends: no|last NPS answer: at most 6|",
                "persona: fan|last NPS answer: at most 8|",
                "hours in this stage: at least 2|hours in this stage: less than 2|ping-pong",
                "home country: known|home country: not IT|ping-pong",
                "home country: unknown|home country: not IT|",
                "reached: warm|reached: buyer|ping-pong",
                "reached: buyer|reached: not buyer|",
                "goal overdue: no|goal overdue: yes|ping-pong",
                "day of birth: before 2000-01-01|day of birth: after 1990-01-01|ping-pong",
                "day of birth: before 2000-01-01|day of birth: in the last 9 days|not-checked"
            })
    void twoMovesUndoEachOtherOnlyIfSomebodyCanMeetBothConditions(String there, String back, String code) {
        var problems = of(
                "id: buys, on: Order Completed, to: buyer",
                "id: leaves, on: Account Closed, from: buyer, to: nowhere",
                "id: goes, on: Page Viewed, from: new, if: { %s }, to: warm".formatted(there),
                "id: comes, on: Page Viewed, from: warm, if: { %s }, to: new".formatted(back));

        assertThat(problems).extracting(Problem::code).isEqualTo(code == null ? List.of() : List.of(code));
    }

    @Test
    void aLongerWayRoundIsNoMistake() {
        assertThat(of(
                        "id: one, on: Page Viewed, from: new, to: warm",
                        "id: two, on: Page Viewed, from: warm, to: buyer",
                        "id: three, on: Page Viewed, from: buyer, to: new"))
                .isEmpty();
    }

    @Test
    void beginningAnewMayUndoAMove() {
        var problems = problems(STAGES + """
                  - { id: wants, on: Need Stated, from: new, to: warm }
                  - { id: buys, on: Order Completed, to: buyer }
                restarts on: { event: Need Stated, from: warm, if: { basket value: 0 } }
                """);

        assertThat(problems).extracting(Problem::code).containsExactly("ping-pong", "no-exit");
        assertThat(problems.get(0).what())
                .isEqualTo("\"restarts on\" takes back what \"wants\" does: with each \"Need Stated\" somebody with"
                        + " basket value 0 EUR goes from new to warm and back.");
    }

    @Test
    void whatAsksForTooManyThingsIsSaidToBeUnchecked() {
        var facts = IntStream.range(0, 24)
                .mapToObj("  f%d: { type: yesno, trait: f%<d }\n"::formatted)
                .collect(Collectors.joining());
        var moves = IntStream.range(0, 12)
                .mapToObj(move -> "  - { id: m%d, on: Page Viewed, from: new, if: { f%d: yes, f%d: yes }, to: warm }\n"
                        .formatted(move, 2 * move, 2 * move + 1))
                .collect(Collectors.joining());
        var rest = """
                  - { id: back, on: Page Viewed, from: warm, to: new }
                  - { id: buys, on: Order Completed, to: buyer }
                  - { id: leaves, on: Account Closed, from: buyer, to: nowhere }
                """;

        var problems = problems(STAGES + moves + rest, FACTS + facts);
        var unchecked = problems.stream()
                .filter(problem -> problem.severity() == Severity.WARNING)
                .toList();

        assertThat(problems).extracting(Problem::code).containsOnly("ping-pong", "not-checked");
        assertThat(words(unchecked)).containsExactly("""
                journeys/shop.yaml, line 20, column 5 (not-checked), rule back
                  The moves with each "Page Viewed" ask for too many different things to tell whether two of them undo each other.
                  Ask for less in "any of", or about fewer facts, if you want to be sure.""");
    }

    @Test
    void aHundredMovesAreCheckedAtOnce() {
        var stages =
                IntStream.range(0, 10).mapToObj(stage -> "s" + stage + ": {}").collect(Collectors.joining(", "));
        var journey = new StringBuilder("journey: shop\nstart: s0\nstages: { %s }\nmoves:\n".formatted(stages));
        for (int i = 0; i < 100; i++) {
            journey.append(
                    "  - { id: m%d, on: Page Viewed, if: { views in a day: %d to %d, basket value: at least %d, %s }, to: s%d }%n"
                            .formatted(
                                    i,
                                    i % 7,
                                    i % 7 + 5,
                                    i,
                                    i % 2 == 0 ? "home country: IT" : "last NPS answer: 3",
                                    i % 10));
        }

        var problems = problems(journey.toString());

        assertThat(problems).extracting(Problem::code).doesNotContain("not-checked", "ping-pong");
    }
}
