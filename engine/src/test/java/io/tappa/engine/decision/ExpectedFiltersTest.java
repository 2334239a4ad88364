package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A scenario may expect that an offer is lost at any step there is, and at nothing else. */
class ExpectedFiltersTest {
    private static List<String> cures(String because) {
        var files = new PackFiles(new TreeMap<>(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
                "touchpoints.yaml",
                "touchpoints: { home: { channel: site, placements: { hero: {} } } }",
                "offers.yaml",
                "offers: { ten: { content: { site: { en: { title: Ten } } } } }",
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }",
                "scenarios/home.yaml",
                "scenarios: [ { scenario: it, at: 2026-03-02 10:00, where: home.hero, expect: { not: ten, because: \"%s\" } } ]"
                        .formatted(because))));
        return PackReader.read(files, PlainRuleSet::new).problems().stream()
                .map(problem -> problem.code() + " " + problem.cure())
                .toList();
    }

    private static Stream<String> all() {
        var answers = Stream.concat(
                Stream.of("missing"),
                Arrays.stream(Status.values())
                        .filter(status -> status != Status.GRANTED)
                        .map(Status::key));
        return Stream.concat(Steps.IN_ORDER.stream(), answers.map(answer -> "consent:" + answer));
    }

    @Test
    void everyStepCanBeExpected() {
        assertThat(all()).allSatisfy(step -> assertThat(cures(step)).isEmpty());
    }

    @Test
    void theCureNamesAllOfThem() {
        var cures = cures("no such step at all");

        assertThat(cures)
                .singleElement()
                .asString()
                .startsWith("unknown-filter The filters are: ")
                .endsWith(".");
        var named = cures.get(0).replaceAll(".*: (conditions.*)\\.", "$1").split(", ", -1);
        assertThat(new TreeSet<>(List.of(named))).isEqualTo(new TreeSet<>(all().toList()));
    }
}
