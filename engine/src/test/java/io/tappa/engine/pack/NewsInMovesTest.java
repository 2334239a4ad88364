package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewsInMovesTest {
    private static final Map<String, String> FILES =
            Map.of("pack.yaml", """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            journey: shop
            """, "facts.yaml", """
            facts:
              drop:    { label: price drop, type: yesno, from: price drop }
              drops:   { type: whole, from: price drop, within: 2 days }
              missing: { type: whole, upTo: 5, of: drops }
              main:    { type: word, from: persona }
              views:   { type: whole, count: Product Viewed }
            """, "personas.yaml", """
            personas:
              looker: { if: { views: at least 3 } }
              hunter: { if: { price drop: yes } }
            """, "segments.yaml", """
            segments:
              hunters: { if: { persona: hunter } }
              both:    { if: { segment: hunters, views: at least 1 } }
              lookers: { if: { persona: looker } }
            """);

    private static List<Problem> problems(String condition) {
        var files = new TreeMap<>(FILES);
        files.put("journeys/shop.yaml", """
                journey: shop
                start: awareness
                stages: { awareness: {}, intention: { ends: yes } }
                moves:
                  - { id: wants, on: Product Added, to: intention }
                  - id: hopes
                    on: Product Viewed
                    if: { %s }
                    to: intention
                """.formatted(condition));
        return PackReader.read(new PackFiles(files), PlainRuleSet::new).problems();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "price drop: yes",
                "drops: at least 2",
                "missing: 0",
                "persona: looker or hunter",
                "segment: both",
                "main: looker",
            })
    void aMoveThatAsksForNewsIsAMistakeAtItsPlace(String condition) {
        var problems = problems(condition);

        assertThat(problems).extracting(Problem::code).containsExactly("news-in-move");
        assertThat(problems.get(0).place().inWords()).isEqualTo("journeys/shop.yaml, line 8, column 9");
        assertThat(problems.get(0).place().rule()).isEqualTo("hopes");
    }

    @Test
    void otherMovesAndThoseWhoAskForNewsElsewhereAreRight() {
        assertThat(problems("views: at least 2, persona: looker, segment: lookers"))
                .isEmpty();
    }
}
