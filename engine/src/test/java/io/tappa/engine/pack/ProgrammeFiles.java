package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A pack with campaigns and experiments and no mistake, and what is said of one mistake in it. */
final class ProgrammeFiles {
    static final String BLACK_FRIDAY = "campaigns/black-friday.yaml";
    static final String EXPERIMENTS = "experiments.yaml";
    static final Map<String, String> GOOD = Map.of(
            "pack.yaml",
            """
            pack: shop
            zone: Europe/Rome
            currency: EUR
            languages: [en]
            journey: shop
            """,
            "journeys/shop.yaml",
            """
            journey: shop
            start: awareness
            stages: { awareness: {}, purchase: { ends: yes } }
            moves:
              - { id: buys, on: Order Completed, to: purchase }
            """,
            "facts.yaml",
            """
            facts:
              views:   { type: whole, count: Product Viewed }
              country: { type: word, trait: address.country }
            """,
            "segments.yaml",
            """
            segments:
              dach-buyers: { if: { country: DE or AT or CH } }
            """,
            "touchpoints.yaml",
            """
            touchpoints:
              home:
                channel: site
                placements:
                  hero: { content: { title: { type: text, required: yes } } }
                  foot: {}
              till: { channel: pos, offline: yes }
            """,
            "offers.yaml",
            """
            offers:
              bf-20:       { cost: 0.50, content: { site: { en: { title: 20 % less } } } }
              bf-shipping: { content: { site: { en: { title: No shipping } } } }
              summer-bold: { content: { site: { en: { title: Summer! } } } }
              summer-calm: { content: { site: { en: { title: Summer } } } }
              voucher:     { content: { pos: { en: { title: Voucher } } } }
            """,
            BLACK_FRIDAY,
            """
            campaign: black-friday
            from: 2026-11-27 00:00
            until: 2026-11-30 23:59
            for: dach-buyers
            hours: 08:00 to 22:00
            days: [ monday, saturday ]
            offers: [ bf-20, bf-shipping ]
            hold back: { share: 10 %, shows: next best }
            budget: 20000
            goal: { on: Order Completed, within: 7 days, measure: total }
            guard rails: { displays: 2 times forecast, budget: 90 %, errors: 1 %, then: pause }
            """,
            "campaigns/spring.yaml",
            """
            campaign: spring
            until: 2026-05-31
            offers: bf-20
            budget: 1500.50 EUR
            """,
            EXPERIMENTS,
            """
            layers: [ banner, price ]
            experiments:
              hero-text:
                layer: banner
                share: 40 %
                from: 2026-11-01
                until: 2026-12-31
                where: home.hero
                variants: { control: 50 %, bold: 25 %, calm: 25 % }
                shows: { bold: summer-bold, calm: summer-calm }
                goal: { on: Order Completed, within: 7 days, measure: total }
              small-text:
                layer: banner
                share: 60 %
                until: 2026-12-31
                variants: { control: 33.33 %, other: 66.67 % }
              new-year:
                layer: banner
                share: 100 %
                from: 2027-01-01
                variants: { control: 50 %, other: 50 % }
              foot-text:
                layer: price
                share: 0.5 %
                where: home.foot
                variants: { control: 50 %, bold: 50 % }
                shows: { bold: summer-bold }
            """);

    private ProgrammeFiles() {}

    static PackResult read(Map<String, String> files) {
        return PackReader.read(new PackFiles(new TreeMap<>(files)), PlainRuleSet::new);
    }

    static Programme good() {
        var result = read(GOOD);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return Objects.requireNonNull(result.snapshot()).programme();
    }

    static List<Problem> check(String file, String right, String wrong) {
        var files = new TreeMap<>(GOOD);
        assertThat(files.get(file)).containsOnlyOnce(right);
        files.put(file, files.get(file).replace(right, wrong));
        return read(files).problems();
    }

    static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    static void assertOneProblem(String file, String right, String wrong, String where, Expected expected) {
        var problems = check(file, right.replace('~', '\n'), wrong);

        assertThat(problems.stream().map(Problem::inWords)).hasSize(1);
        var problem = problems.get(0);
        assertThat(problem.code()).isEqualTo(expected.code());
        assertThat(problem.place().source()).isEqualTo(file);
        assertThat(problem.place().rule()).isEqualTo(expected.inside());
        var text = GOOD.get(file);
        var before = before(text, text.indexOf(right.replace('~', '\n')), right, wrong, where);
        assertThat(problem.place().line())
                .isEqualTo(1 + (int) before.chars().filter(c -> c == '\n').count());
        assertThat(problem.place().column()).isEqualTo(before.length() - before.lastIndexOf('\n'));
        if (expected.cure() != null) {
            boolean named = problem.code().startsWith("unknown-");
            assertThat(problem.cure())
                    .contains(named ? "Did you mean \"%s\"?".formatted(expected.cure()) : expected.cure());
        }
    }

    record Expected(
            String code, @Nullable String inside, @Nullable String cure) {}

    /** The text before {@code where}, which stands behind the mistake, or before it when it begins with {@code <}. */
    private static String before(String text, int mistake, String right, String wrong, String where) {
        var mistaken = text.substring(0, mistake) + wrong + text.substring(mistake + right.length());
        int at = where.startsWith("<")
                ? mistaken.lastIndexOf(where.substring(1), mistake)
                : mistaken.indexOf(where, mistake);
        assertThat(at).isNotNegative();
        return mistaken.substring(0, at);
    }
}
