package io.tappa.engine.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** A random journey over few facts of few values, so that moves collide all the time. */
final class RandomJourney {
    static final String FACTS = """
            facts:
              size:  { type: whole, trait: size }
              gap:   { type: whole, upTo: 3, of: size }
              taste: { type: word, trait: taste }
              card:  { type: yesno, trait: card }
              kind:  { type: word, from: persona }
              here:  { type: word, from: stage }
            """;
    private static final String PERSONAS = """
            personas:
              big:   { if: { size: at least 2 } }
              sweet: { if: { any of: [ { taste: sugar }, { card: yes, size: 1 } ] } }
            """;
    private static final String SEGMENTS = """
            segments:
              liked: { if: { persona: sweet, card: known } }
            """;
    private static final List<String> STAGES = List.of("a", "b", "c");
    private static final List<String> CONDITIONS = List.of(
            "size: 0",
            "size: 1",
            "size: at least 1",
            "size: at most 1",
            "size: 1 to 2",
            "size: unknown",
            "size: known",
            "gap: at least 2",
            "gap: 0",
            "taste: sugar",
            "taste: not sugar",
            "taste: salt or sugar",
            "taste: unknown",
            "card: yes",
            "card: no",
            "persona: big",
            "persona: not big",
            "persona: sweet",
            "segment: liked",
            "segment: not liked",
            "kind: big",
            "kind: sweet",
            "kind: unknown",
            "here: a",
            "here: not b",
            "stage: b",
            "any of: [ { size: 2 }, { taste: salt } ]",
            "reached: c",
            "reached: not c");

    private final Random random;

    RandomJourney(long seed) {
        this.random = new Random(seed);
    }

    static SortedMap<String, String> files(String journey) {
        return new TreeMap<>(Map.of(
                "pack.yaml",
                """
                        pack: lab
                        zone: Europe/Rome
                        currency: EUR
                        consent: { personalization_storage: granted }
                        journey: shop
                        """,
                "facts.yaml",
                FACTS,
                "personas.yaml",
                PERSONAS,
                "segments.yaml",
                SEGMENTS,
                "journeys/shop.yaml",
                journey));
    }

    /** The file of the journey. */
    String text() {
        var text = new StringBuilder("""
                journey: shop
                start: a
                stages: { a: {}, b: {}, c: {} }
                """);
        if (random.nextInt(3) == 0) {
            text.append("enter if: { %s }%n".formatted(one(CONDITIONS.subList(0, 15))));
        }
        text.append("moves:\n");
        int moves = 2 + random.nextInt(5);
        for (int i = 0; i < moves; i++) {
            text.append("  - { id: m%d, %s%s%sto: %s%s }%n"
                    .formatted(i, cause(), from(), conditions(), target(), priority()));
        }
        switch (random.nextInt(6)) {
            case 0 -> text.append("restarts on: Ping\n");
            case 1 -> text.append("restarts on: { event: Ping, from: [ b, c ], if: { card: yes } }\n");
            case 2 -> text.append("restarts on: { event: Pong, from: c }\n");
            default -> {}
        }
        return text.toString().replace("\r", "");
    }

    private String cause() {
        return one(List.of("on: Ping, ", "on: Ping, ", "on: Pong, ", "after: 2 days in stage, "));
    }

    private String from() {
        return one(List.of("", "from: a, ", "from: b, ", "from: c, ", "from: [ a, b ], ", "from: [ b, c ], "));
    }

    private String target() {
        return random.nextInt(8) == 0 ? "nowhere" : one(STAGES);
    }

    private String priority() {
        return one(List.of("", "", ", priority: high", ", priority: low", ", priority: must"));
    }

    private String conditions() {
        var asked = new ArrayList<String>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var next = one(CONDITIONS);
            boolean isNew = asked.stream().noneMatch(said -> about(said).equals(about(next)));
            if (isNew) {
                asked.add(next);
            }
        }
        return asked.isEmpty() ? "" : "if: { %s }, ".formatted(String.join(", ", asked));
    }

    private static String about(String condition) {
        return condition.substring(0, condition.indexOf(':'));
    }

    private <T> T one(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
