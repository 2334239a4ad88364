package io.tappa.engine.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A random pack of few rules over few facts of few values, so that rules meet all the time. */
final class RandomRules {
    private static final int MOST_TRIED = 100;

    private static final List<String> CONDITIONS = List.of(
            "size: 0 to 2",
            "size: 1",
            "size: 1 to 3",
            "size: 2 to 5",
            "size: at least 2",
            "size: unknown",
            "taste: red",
            "taste: red or blue",
            "taste: not red",
            "taste: not red or blue",
            "taste: known");
    private static final List<String> GROUPS =
            List.of("persona: big", "persona: not big", "segment: sweet", "segment: not sweet", "gap: at least 2");
    private static final List<String> PRIORITIES =
            List.of("", "", "", ", priority: high", ", priority: 60", ", priority: 0");
    private static final List<String> WEIGHTS = List.of("", "", ", weight: 200 %", ", weight: 50 %");
    private static final List<String> DATES =
            List.of("", "", "", ", from: 2026-03-01", ", until: 2026-03-31", ", from: 2026-03-10, until: 2026-05-01");
    private static final List<String> TERMS =
            List.of("", "", "for: sweet, ", "hours: \"08:00 to 12:00\", ", "class: mandatory, ", "group: g, ");
    private static final List<String> POLICIES = List.of(
            "",
            "not more often than: [ { offer: o1, times: 1, per: 7 days } ]",
            "only one of: [ { group: g, per: 30 days } ]",
            "hold back: { share: 50 %, shows: next best }",
            "hold back: { share: 50 %, shows: nothing }");
    private static final List<String> PLACEMENTS = List.of(
            "hero: {}, side: {}",
            "hero: {}, side: {}",
            "hero: { keep: 30 minutes }, side: { fallback: o2 }",
            "hero: { count: 2 }, side: {}");

    private final Random random;
    private final boolean isPlain;

    /** A pack by {@code seed}; a plain one has nothing but rules, dates among them. */
    RandomRules(long seed, boolean isPlain) {
        this.random = new Random(seed);
        this.isPlain = isPlain;
    }

    private String one(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    /** The first of its packs that can be read: some ask for what can never be, or for a group that has no offers. */
    SortedMap<String, String> files() {
        return Stream.generate(this::anyFiles)
                .limit(MOST_TRIED)
                .filter(DecisionLab::canRead)
                .findFirst()
                .orElseThrow();
    }

    private SortedMap<String, String> anyFiles() {
        var files = new TreeMap<String, String>();
        var factors = "arbitration: { propensity: %s, value: %s, weight: %s }\n"
                .formatted(random.nextInt(3) == 0 ? "yes" : "no", yes(), yes());
        files.put("pack.yaml", DecisionLab.settings((random.nextInt(3) == 0 ? "arbitrate: score\n" : "") + factors));
        var policy = one(POLICIES);
        if (!isPlain && !policy.isEmpty()) {
            files.put("contact-policy.yaml", policy + "\n");
        }
        if (!isPlain && random.nextInt(3) == 0) {
            files.put("campaigns/c.yaml", "{ campaign: c, offers: [ o1 ]%s }\n".formatted(one(DATES)));
        }
        files.put("offers.yaml", offers());
        files.put(
                "touchpoints.yaml",
                "touchpoints: { home: { channel: site, placements: { %s } } }\n"
                        .formatted(isPlain ? PLACEMENTS.get(0) : one(PLACEMENTS)));
        files.put("decisions/home.yaml", rules());
        return files;
    }

    private String yes() {
        return random.nextBoolean() ? "yes" : "no";
    }

    private String offers() {
        var offers = new StringBuilder("offers:\n");
        for (int i = 1; i <= 4; i++) {
            var terms = isPlain ? "" : one(TERMS);
            var title = isPlain || random.nextInt(4) > 0 ? "Hello" : "\"{size} for you\"";
            offers.append("  o%d: { value: %d, %scontent: { site: { en: { title: %s } } } }%n"
                    .formatted(i, 1 + random.nextInt(2), terms, title));
        }
        return offers.toString();
    }

    private String rules() {
        var rules = new StringBuilder("rules:\n");
        int count = 3 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            rules.append("  - { id: r%d, where: %s%s, show: o%d%s%s%s }%n"
                    .formatted(
                            (i * 7) % 10,
                            isPlain ? "home.hero" : one(List.of("home.hero", "home.hero", "home.side", "home")),
                            condition(),
                            1 + random.nextInt(4),
                            one(PRIORITIES),
                            one(WEIGHTS),
                            one(DATES)));
        }
        if (!isPlain && random.nextInt(4) == 0) {
            rules.append("  - { id: never, where: home%s, never show: o%d }%n"
                    .formatted(condition(), 1 + random.nextInt(4)));
        }
        return rules.toString();
    }

    private String condition() {
        var conditions = new ArrayList<String>();
        var more = new ArrayList<>(CONDITIONS);
        if (!isPlain) {
            more.addAll(GROUPS);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            var next = one(more);
            var fact = next.substring(0, next.indexOf(':'));
            if (conditions.stream().noneMatch(other -> other.startsWith(fact))) {
                conditions.add(next);
            }
        }
        if (random.nextInt(4) == 0) {
            conditions.add("any of: [ { %s }, { %s } ]".formatted(one(CONDITIONS), one(CONDITIONS)));
        }
        return conditions.isEmpty() ? "" : ", if: { %s }".formatted(String.join(", ", conditions));
    }
}
