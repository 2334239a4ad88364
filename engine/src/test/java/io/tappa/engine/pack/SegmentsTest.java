package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.persona.Segment;
import io.tappa.engine.problem.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {
    private static final String FACTS = """
            facts:
              orders:  { type: whole, count: Order Completed }
              country: { type: word, trait: country }
              kind:    { type: word, from: persona }
              group:   { type: word, from: segment }
            """;
    private static final String PERSONAS = """
            personas:
              fan:   { if: { orders: at least 2 } }
              buyer: { if: { orders: at least 1 } }
            """;
    private static final String SEGMENTS = """
            segments:
              dach-fans:   { if: { segment: dach-buyers, persona: fan } }
              dach-buyers: { if: { country: DE or AT or CH, orders: at least 1 } }
              others:      { if: { segment: not dach-buyers } }
            """;

    private static Shopper shopper() {
        return Shopper.in(Map.of("facts.yaml", FACTS, "personas.yaml", PERSONAS, "segments.yaml", SEGMENTS));
    }

    @Test
    void severalMayMatchAndOneMayAskForOthers() {
        var shopper = shopper();
        assertThat(shopper.tells("segment")).isEqualTo("others");

        shopper.does("Identified", "2026-03-01T10:00", "traits.country=DE").does("Order Completed", "2026-03-01T11:00");
        assertThat(shopper.tells("segment")).isEqualTo("dach-buyers");
        assertThat(shopper.tells("group")).isEqualTo("dach-buyers");

        shopper.does("Order Completed", "2026-03-01T12:00");
        assertThat(shopper.tells("segment")).isEqualTo("dach-buyers, dach-fans");
        assertThat(shopper.tells("group")).isEqualTo("dach-fans");
        assertThat(shopper.tells("kind")).isEqualTo("fan");
    }

    @Test
    void theyStandInTheOrderOfTheAuthor() {
        assertThat(shopper().pack().segments().segments())
                .extracting(Segment::key)
                .containsExactly("dach-fans", "dach-buyers", "others");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "segment: dach-buyers, persona|segment: dach-fans, persona|dach-fans|The segment dach-fans asks for itself.",
                "orders: at least 1|segment: dach-fans|dach-fans|The segment dach-fans asks for itself by way of dach-buyers.",
                "orders: at least 1|segment: others|dach-buyers|The segment dach-buyers asks for itself by way of others.",
                "orders: at least 1|group: others|dach-buyers|The segment dach-buyers asks which segment matches first."
            })
    void noSegmentAsksForItself(String right, String wrong, String inside, String what) {
        var problems = Shopper.problems(Map.of(
                "facts.yaml", FACTS, "personas.yaml", PERSONAS, "segments.yaml", SEGMENTS.replace(right, wrong)));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo("circular");
        assertThat(problems.get(0).what()).isEqualTo(what);
        assertThat(problems.get(0).place().source()).isEqualTo("segments.yaml");
        assertThat(problems.get(0).place().rule()).isEqualTo(inside);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "segment: others|The persona fan asks for a segment.",
                "group: others|The persona fan asks for a segment.",
                "persona: buyer|The persona fan asks for a persona.",
                "kind: buyer|The persona fan asks for a persona."
            })
    void personasDoNotBuildOnThem(String condition, String what) {
        var problems = Shopper.problems(Map.of(
                "facts.yaml",
                FACTS,
                "personas.yaml",
                PERSONAS.replace("orders: at least 2", condition),
                "segments.yaml",
                SEGMENTS));

        assertThat(problems.stream().map(Problem::what)).containsExactly(what);
        assertThat(problems.get(0).code()).isEqualTo("circular");
        assertThat(problems.get(0).place().rule()).isEqualTo("fan");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "segment: dach-buyers, persona|segment: dach-buyer, persona|unknown-segment|dach-buyers",
                "persona: fan|persona: fann|unknown-persona|fan",
                "dach-fans:   { if:|dach-fans:   { fi:|unknown-key|if",
                "segments:|segmets:|unknown-key|segments"
            })
    void oneMistakeIsOneMessage(String right, String wrong, String code, String meant) {
        var problems = Shopper.problems(Map.of(
                "facts.yaml", FACTS, "personas.yaml", PERSONAS, "segments.yaml", SEGMENTS.replace(right, wrong)));

        assertThat(problems.stream().map(Problem::inWords)).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo(code);
        assertThat(problems.get(0).cure()).contains("Did you mean \"%s\"?".formatted(meant));
    }

    @Test
    void aSegmentNobodyWroteIsUnknownThoughThereAreNone() {
        var problems = Shopper.problems(Map.of(
                "facts.yaml",
                FACTS,
                "personas.yaml",
                "personas: { fan: { if: { orders: 2 } } }",
                "journeys/club.yaml",
                """
                        journey: club
                        start: outside
                        stages: { outside: {}, member: { ends: yes } }
                        moves:
                          - { id: joins, on: Joined, if: { segment: vips }, to: member }
                        """));

        assertThat(problems).extracting(Problem::code).containsExactly("unknown-segment");
    }
}
