package io.tappa.engine.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.coverage.Coverage.Proof;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.ScenarioRun;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which borders of rules scenarios hold, and what is suggested for the others. */
class CoverageTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-29");
    private static final Map<String, String> LAB = Map.of(
            "pack.yaml",
            """
                    pack: lab
                    zone: Europe/Rome
                    currency: EUR
                    languages: [en]
                    journey: shop
                    consent: { ad_personalization: denied }
                    """,
            "facts.yaml",
            """
                    facts:
                      basket:  { label: basket value, type: money, trait: basket }
                      gap:     { label: basket gap, type: money, upTo: 80, of: basket }
                      visits:  { label: "visits: all", type: whole, count: Page Viewed }
                      idle:    { label: idle time, type: number, unit: hours, since: any event }
                      country: { label: home country, type: word, trait: country }
                      card:    { label: has a card, type: yesno, trait: card }
                      hour:    { label: hour of the day, type: whole, range: 0 to 23, from: local hour }
                      born:    { label: birthday, type: date, trait: born }
                    """,
            "personas.yaml",
            "personas: { fan: { if: { 'visits: all': at least 3 } } }",
            "touchpoints.yaml",
            "touchpoints: { home: { channel: site, placements: { hero: { fallback: welcome } } } }",
            "offers.yaml",
            """
                    offers:
                      shoes:   { purpose: ad_personalization, content: { site: { en: { title: "Shoes for {home country}" } } } }
                      welcome: { content: { site: { en: { title: Welcome } } } }
                    """,
            "journeys/shop.yaml",
            """
                    journey: shop
                    start: one
                    stages: { one: {}, two: {}, three: {} }
                    moves: [ { id: ahead, on: Page Viewed, from: one, to: two }, { id: more, on: Order Completed, to: three } ]
                    """);

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "basket value: at least 50 | basket value 49.99; basket value 50",
                "basket value: more than 50 | basket value 50; basket value 50.01",
                "basket value: less than 80 | basket value 80; basket value 79.99",
                "basket value: 50 to 80 | basket value 49.99; basket value 50; basket value 80.01; basket value 80",
                "basket value: 50 | basket value 49.99; basket value 50; basket value 50.01",
                "basket gap: at most 30 | basket gap 30.01; basket gap 30",
                "'\"visits: all\": at least 2' | visits: all 1; visits: all 2",
                "idle time: less than 48 | idle time 48; idle time 47.99",
                "idle time: more than 2 days | idle time 48; idle time 48.01",
                "home country: IT or FR | home country not FR or IT",
                "home country: not IT | home country IT",
                "home country: unknown | home country known",
                "has a card: yes | has a card not yes",
                "hour of the day: 8 to 17 | hour of the day 7; hour of the day 8; hour of the day 18; hour of the day 17",
                "birthday: before 2000-01-01 | birthday after 1999-12-31",
                "persona: fan | persona not fan",
                "stage: two | stage not two",
            })
    void knowsBothSidesOfEveryEdgeAndWritesScenariosForThem(String asked, String sides) {
        var files = new TreeMap<>(LAB);
        files.put(
                "decisions/home.yaml",
                "rules: [ { id: rule-a, where: home.hero, show: shoes, if: { %s } } ]".formatted(asked));
        var pack = pack(files);

        var unproven = coverage(pack).unproven();

        assertThat(unproven)
                .extracting(border -> border.inWords(ROME).replaceAll(", where .* is asked", ""))
                .containsExactlyElementsOf(Arrays.asList(sides.split("; ", -1)));
        var suggestions = Suggestions.of(pack, unproven, TODAY);
        files.put("scenarios/borders.yaml", file(suggestions));
        var proven = coverage(pack(files));
        assertThat(proven.proofs())
                .as("%s", files.get("scenarios/borders.yaml"))
                .hasSameSizeAs(unproven)
                .allMatch(Proof::isProven);
    }

    @Test
    void showsWhatComesOut() {
        var files = new TreeMap<>(LAB);
        files.put(
                "decisions/home.yaml",
                "rules: [ { id: rule-a, where: home.hero, stage: two, show: shoes, if: { basket value: at least 50 } } ]");
        var pack = pack(files);

        var suggestions = Suggestions.of(pack, coverage(pack).unproven(), TODAY);

        assertThat(file(suggestions)).isEqualTo("""
                        scenarios:
                          - scenario: "rule-a: stage not two, where two is asked"
                            at: 2026-11-29 10:00
                            visitor: { stage: one, basket value: 50, home country: other }
                            where: home.hero
                            consent: { ad_personalization: granted }
                            expect: { show: welcome, fallback: yes }
                          - scenario: "rule-a: basket value 49.99, where at least 50 is asked"
                            at: 2026-11-29 10:00
                            visitor: { stage: two, basket value: 49.99, home country: other }
                            where: home.hero
                            consent: { ad_personalization: granted }
                            expect: { show: welcome, fallback: yes }
                          - scenario: "rule-a: basket value 50, where at least 50 is asked"
                            at: 2026-11-29 10:00
                            visitor: { stage: two, basket value: 50, home country: other }
                            where: home.hero
                            consent: { ad_personalization: granted }
                            expect: { show: shoes, because: rule-a }
                        """);
    }

    @Test
    void aScenarioThatFailsProvesNothing() {
        var files = new TreeMap<>(LAB);
        files.put(
                "decisions/home.yaml",
                "rules: [ { id: rule-a, where: home.hero, show: welcome, if: { basket value: at least 50 } } ]");
        files.put("scenarios/home.yaml", """
                scenarios:
                  - { scenario: right, at: 2026-03-02 10:00, visitor: { basket value: 50 }, where: home.hero, expect: { show: welcome, because: rule-a } }
                  - { scenario: wrong, at: 2026-03-02 10:00, visitor: { basket value: 49.99 }, where: home.hero, expect: { show: shoes } }
                """);

        assertThat(coverage(pack(files)).proofs()).extracting(Proof::by).containsExactly(null, "right");
    }

    private static Coverage coverage(PackSnapshot pack) {
        return Coverage.of(pack, ScenarioRun.all(pack));
    }

    private static String file(List<Suggestion> suggestions) {
        return suggestions.stream().map(Suggestion::yaml).collect(Collectors.joining("", "scenarios:\n", ""));
    }

    private static PackSnapshot pack(Map<String, String> contents) {
        var result = PackReader.read(new PackFiles(new TreeMap<>(contents)));
        return Objects.requireNonNull(result.snapshot(), () -> "has errors: " + result.problems());
    }
}
