package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario may say what a visitor is, without saying why. */
class AssumedVisitorsTest {
    private static final Map<String, String> FILES = Map.of(
            "pack.yaml", """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            journey: shop
            """,
            "facts.yaml", """
            facts:
              orders: { type: whole, count: Order Completed }
              group:  { type: word, from: segment }
              late:   { type: yesno, from: goal overdue }
            """,
            "personas.yaml", "personas: { fan: { if: { orders: 3 } }, owl: { if: { orders: 4 } } }",
            "segments.yaml", """
            segments:
              vips:  { if: { orders: 9 } }
              owls:  { if: { segment: not vips, persona: owl } }
            """,
            "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: { within: 2 days } }
            """,
            "touchpoints.yaml", "touchpoints: { home: { channel: site, placements: { hero: {} } } }",
            "offers.yaml", "offers: { present: { value: 1, content: { site: { en: { title: Hello } } } } }");

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "persona: fan|persona: fan|present",
                "persona: owl|persona: fan or owl|present",
                "persona: owl|persona: fan|",
                "persona: owl|'persona: [ fan, owl ]'|present",
                "segment: vips|segment: vips|present",
                "segment: owls|persona: owl|present",
                "segment: owls|persona: owl, segment: vips|",
                "group: vips|segment: vips|present",
                "group: owls|group: owls|present",
                "late: yes|late: yes|present",
                "late: yes|orders: 1|"
            })
    void whatIsAssumedHolds(String condition, String visitor, String shown) {
        var files = new TreeMap<>(FILES);
        files.put("decisions/home.yaml", """
                rules:
                  - { id: it, where: home.hero, if: { %s }, show: present }
                """.formatted(condition));
        files.put("scenarios/home.yaml", """
                scenarios:
                  - scenario: somebody
                    at: 2026-03-02 10:00
                    visitor: { %s }
                    where: home.hero
                    expect: nothing
                """.formatted(visitor));
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();

        var run = ScenarioRun.all(Objects.requireNonNull(result.snapshot())).get(0);

        assertThat(run.decided().get(0).offer()).isEqualTo(shown);
    }
}
