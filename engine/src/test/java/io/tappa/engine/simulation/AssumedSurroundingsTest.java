package io.tappa.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scenario assumes beside the facts of a visitor holds, and an offer that is lost is lost where the scenario says. */
class AssumedSurroundingsTest {
    private static final Map<String, String> FILES = Map.of(
            "pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
            "facts.yaml", """
            facts:
              ads:  { type: word, from: consent.ad_personalization }
              tone: { type: word, from: experiment.tone }
              orders: { type: whole, count: Order Completed }
            """,
            "journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {} } }",
            "touchpoints.yaml", """
            touchpoints:
              home: { channel: site, placements: { hero: { fallback: hello }, side: {} } }
              mail: { channel: email, placements: { body: {} } }
            """,
            "offers.yaml", """
            offers:
              hello:  { content: { site: { en: { title: Hello } } } }
              ten:    { group: vouchers, content: { site: { en: { title: Ten } }, email: { en: { title: Ten } } } }
              twenty: { group: vouchers, content: { site: { en: { title: Twenty } } } }
              coded:  { codes: codes/spring.csv, content: { site: { en: { title: "{code}" } } } }
              ours:   { purpose: ad_personalization, content: { site: { en: { title: Ours } } } }
              bold:   { content: { site: { en: { title: Bold } } } }
              loud:   { content: { site: { en: { title: Loud } } } }
              spring: { content: { site: { en: { title: Spring } } } }
              glance: { content: { site: { en: { title: Glance } } } }
            """,
            "codes/spring.csv", "ONE\nTWO\nTHREE\n",
            "decisions/home.yaml", """
            rules:
              - { id: ten, where: [ home.hero, mail ], show: ten }
              - { id: twenty, where: home.side, show: twenty, priority: high }
              - { id: ours, where: home.side, show: ours }
              - { id: for-ads, where: home.side, if: { ads: granted }, show: bold, priority: must }
              - { id: loud, where: home.side, if: { tone: loud }, show: loud, priority: must }
              - { id: spring, where: home.hero, if: { orders: 1 }, show: spring, priority: high }
              - { id: coded, where: home.hero, if: { orders: 2 }, show: coded, priority: high }
              - { id: glance, where: home.side, if: { orders: 4 }, show: glance, priority: must }
              - { id: away, where: home, if: { orders: 3 }, never show: vouchers }
            """,
            "contact-policy.yaml", """
            not more often than:
              - { offer: ten, times: 2, per: 3 days }
              - { campaign: spring, times: 1, per: calendar month }
              - { offer: glance, times: 1, per: 7 days, counted: exposure }
            only one of: [ { group: vouchers, per: 30 days } ]
            pressure: { budget: 7, per: 7 days, costs: { email: 3 } }
            hold back: { share: 5 %, shows: nothing }
            """,
            "campaigns/spring.yaml",
                    "{ campaign: spring, from: 2026-03-01, offers: spring, hold back: { share: 10 %, shows: fallback }, budget: 5 }",
            "experiments.yaml", """
            layers: [ hero ]
            experiments:
              text: { layer: hero, share: 50 %, where: home.hero, variants: { control: 50 %, bold: 50 % }, shows: { bold: bold } }
              tone: { layer: hero, share: 50 %, variants: { calm: 50 %, loud: 50 % } }
            """);

    private static List<ScenarioRun> runs(String scenarios) {
        var files = new TreeMap<>(FILES);
        files.put("scenarios/home.yaml", "scenarios:\n" + scenarios);
        var result = PackReader.read(new PackFiles(files), PlainRuleSet::new);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return ScenarioRun.all(Objects.requireNonNull(result.snapshot()));
    }

    private static String difference(String lines) {
        return String.valueOf(runs("  - { scenario: somebody, at: 2026-03-02 10:00, %s }\n".formatted(lines))
                .get(0)
                .difference());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "where: home.hero, expect: { show: ten }",
                "where: home.hero, paused: [ offer ten ], expect: { not: ten, because: paused }",
                "where: home.hero, paused: [ rule:ten ], expect: { not: ten, because: paused }",
                "where: home.hero, paused: channel site, expect: nothing",
                "where: home.hero, paused: everything, expect: nothing",
                "where: home.hero, visitor: { orders: 1 }, paused: campaign spring, expect: { show: ten }",
                "where: home.hero, visitor: { orders: 3 }, expect: { not: ten, because: never-show }",
                "where: home.hero, visitor: { orders: 3 }, paused: rule away, expect: { show: ten }",
                "where: home.side, expect: { show: twenty }",
                "where: home.side, expect: { not: ours, because: consent }",
                "where: home.side, expect: { not: ours, because: 'consent:missing' }",
                "where: home.side, paused: offer twenty, consent: { ad_personalization: pending }, expect: { not: ours, because: 'consent:pending' }",
                "where: home.side, consent: { ad_personalization: denied }, expect: { not: ours, because: 'consent:denied' }",
                "where: home.side, consent: { ad_personalization: granted }, expect: { show: bold, because: for-ads }",
                "where: home.side, consent: { ad_personalization: granted }, expect: { not: ours, because: outranked }",
                "where: home.hero, already shown: { ten: 2 times in the last 3 days }, expect: { not: ten, because: cap }",
                "where: home.hero, already shown: { ten: [ just now, 2 days ago ] }, expect: { not: ten, because: cap }",
                "where: home.hero, already shown: { ten: [ just now, 3 days ago ] }, expect: { show: ten }",
                "where: home.hero, already shown: { ten: 2 times just now }, expect: { not: ten, because: cap }",
                "where: home.hero, already shown: { ten: 1 time just now }, expect: { show: ten }",
                "where: home.hero, already shown: { twenty: once in the last 30 days }, expect: { not: ten, because: exclusion }",
                "where: home.hero, already shown: { twenty: 30 days ago }, expect: { show: ten }",
                "where: home.side, visitor: { orders: 4 }, expect: { show: glance }",
                "where: home.side, visitor: { orders: 4 }, already shown: { glance: 6 days ago }, expect: { not: glance, because: cap }",
                "where: home.side, visitor: { orders: 4 }, already shown: { glance: 7 days ago }, expect: { show: glance }",
                "where: mail.body, consent: { email: granted }, already shown: { ten: 1 time 6 days ago }, expect: { show: ten }",
                "where: mail.body, consent: { email: granted }, already shown: { ten: 2 times 6 days ago }, expect: { not: ten, because: pressure }",
                "where: mail.body, expect: { not: ten, because: consent }",
                "where: home.hero, visitor: { orders: 1 }, already shown: { spring: 2026-02-28 23:00 }, expect: { show: spring }",
                "where: home.hero, visitor: { orders: 1 }, already shown: { spring: 2026-03-01 00:00 }, expect: { not: spring, because: cap }",
                "where: home.hero, visitor: { orders: 1 }, held back: spring, expect: { not: spring, because: held-out }",
                "where: home.hero, visitor: { orders: 1 }, held back: spring, expect: { show: hello, fallback: yes }",
                "where: home.hero, held back: everything, expect: nothing",
                "where: home.hero, visitor: { orders: 2 }, expect: { show: coded }",
                "where: home.hero, experiments: { text: bold }, expect: { show: bold, because: ten }",
                "where: home.hero, experiments: { text: bold }, expect: { not: ten, because: experiment }",
                "where: home.hero, experiments: { text: control }, expect: { show: ten }",
                "where: home.side, experiments: { tone: loud }, expect: { show: loud }",
                "where: home.hero, expect: { not: spring, because: conditions }",
                "where: home.hero, expect: { not: twenty }",
            })
    void comesOutAsExpected(String lines) {
        assertThat(difference(lines)).isEqualTo("null");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "where: home.hero, expect: { not: ten }|expected ten not to be shown, but it is, because of ten",
                "where: home.hero, paused: offer ten, expect: { not: hello }|expected hello not to be shown, but it is, because paused (offer:ten): the scenario says so",
                "where: home.hero, already shown: { ten: [ 2 days ago, just now ] }, expect: { show: ten }|expected ten, but got hello because capped: offer ten at most 2× per 3 days; 2 of 2 are used, the next is possible on 2026-03-03 10:00",
                "where: home.side, paused: offer twenty, expect: { not: twenty, because: cap }|expected twenty not to be shown because of cap, but it was lost at paused: paused (offer:twenty): the scenario says so",
                "where: home.side, expect: { show: ours }|expected ours, but got twenty because of twenty; ours was lost at consent:missing: consent to ad_personalization is missing",
                "where: home.hero, expect: { show: spring }|expected spring, but got ten because of ten; spring was lost at conditions: the rule spring does not match: orders is 0 and must be 1 (1 more would do)",
                "where: home.hero, expect: { not: ours, because: cap }|expected ours not to be shown because of cap, but no rule shows it at home.hero",
                "where: home.hero, expect: { show: ours }|expected ours, but got ten because of ten; no rule shows it at home.hero",
            })
    void whatComesOutOtherwiseIsToldWithItsReason(String lines, String told) {
        assertThat(difference(lines)).isEqualTo(told);
    }

    @Test
    void aStoryAssumesThemForOneDecision() {
        var story = """
                  - scenario: a story
                    events:
                      - { at: 2026-03-02 10:00, where: home.hero, paused: [ offer ten ], expect: { not: ten, because: paused } }
                      - { where: home.hero, expect: { show: ten } }
                      - { after: 1 hour, event: Page Viewed, where: home.hero, experiments: { text: bold }, expect: { show: bold } }
                      - { after: 1 hour, where: home.hero, expect: { show: ten } }
                      - { where: home.hero, expect: { not: ten, because: cap, orders: 0 } }
                      - { where: mail.body, expect: { not: ten, because: consent } }
                      - { where: mail.body, consent: { email: granted }, expect: { not: ten, because: cap } }
                      - { after: 3 days, where: mail.body, consent: { email: granted }, expect: { show: ten } }
                      - { where: mail.body, expect: { not: ten, because: 'consent:missing' } }
                """;

        assertThat(runs(story).get(0).differences()).isEmpty();
    }

    @Test
    void aPropertyOfAnEventMayBeCalledSo() {
        var story = """
                  - scenario: a story
                    events:
                      - { at: 2026-03-02 10:00, event: Video Stopped, paused: yes, content: film, expect: { orders: 0 } }
                """;

        assertThat(runs(story).get(0).differences()).isEmpty();
    }
}
