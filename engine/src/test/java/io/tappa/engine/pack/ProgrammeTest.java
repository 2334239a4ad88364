package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.calendar.Hours;
import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.campaign.GuardRails;
import io.tappa.engine.campaign.GuardRails.Then;
import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.campaign.HoldBack.Shows;
import io.tappa.engine.experiment.Experiment;
import io.tappa.engine.experiment.Goal;
import io.tappa.engine.experiment.Period;
import io.tappa.engine.experiment.Slice;
import io.tappa.engine.experiment.Split;
import io.tappa.engine.experiment.Variation;
import io.tappa.engine.fact.Gathering;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns and experiments as their files say them, and one message for each mistake in them. */
class ProgrammeTest {
    private static final String BLACK_FRIDAY = "campaigns/black-friday.yaml";
    private static final String EXPERIMENTS = "experiments.yaml";
    private static final Map<String, String> GOOD = Map.of(
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
              bf-20:       { content: { site: { en: { title: 20 % less } } } }
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

    private static PackResult read(Map<String, String> files) {
        return PackReader.read(new PackFiles(new TreeMap<>(files)), PlainRuleSet::new);
    }

    private static Programme good() {
        var result = read(GOOD);
        assertThat(result.problems().stream().map(Problem::inWords)).isEmpty();
        return Objects.requireNonNull(result.snapshot()).programme();
    }

    private static List<Problem> check(String file, String right, String wrong) {
        var files = new TreeMap<>(GOOD);
        assertThat(files.get(file)).containsOnlyOnce(right);
        files.put(file, files.get(file).replace(right, wrong));
        return read(files).problems();
    }

    private static long at(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    @Test
    void aCampaignIsWhatItsFileSays() {
        var campaigns = good().campaigns();

        assertThat(campaigns.find("black-friday"))
                .isEqualTo(new Campaign(
                        "black-friday",
                        at("2026-11-26T23:00:00Z"),
                        at("2026-11-30T22:59:00Z"),
                        new Hours(
                                LocalTime.of(8, 0), LocalTime.of(22, 0), Set.of(DayOfWeek.MONDAY, DayOfWeek.SATURDAY)),
                        "dach-buyers",
                        List.of("bf-20", "bf-shipping"),
                        new HoldBack(1_000, Shows.NEXT_BEST),
                        new Budget.Times(20_000),
                        new Goal("Order Completed", Duration.ofDays(7), "total"),
                        new GuardRails(200, 9_000, 100, Then.PAUSE)));
        assertThat(campaigns.find("spring"))
                .isEqualTo(new Campaign(
                        "spring",
                        Long.MIN_VALUE,
                        at("2026-05-31T22:00:00Z"),
                        null,
                        null,
                        List.of("bf-20"),
                        null,
                        new Budget.Amount(150_050),
                        null,
                        null));
        assertThat(campaigns.of("bf-20")).extracting(Campaign::key).containsExactly("spring", "black-friday");
    }

    @Test
    void anExperimentIsWhatTheFileSays() {
        var experiments = good().experiments();

        var hero = Objects.requireNonNull(experiments.find("hero-text"));
        assertThat(hero.slice()).isEqualTo(new Slice("banner", 0, 400_000));
        assertThat(hero.split())
                .isEqualTo(new Split(List.of(
                        new Variation("control", 500_000),
                        new Variation("bold", 250_000),
                        new Variation("calm", 250_000))));
        assertThat(hero.period()).isEqualTo(new Period(at("2026-10-31T23:00:00Z"), at("2026-12-31T23:00:00Z")));
        assertThat(hero.treatment().goal()).isEqualTo(new Goal("Order Completed", Duration.ofDays(7), "total"));
        assertThat(hero.replacement("home.hero", "bold")).isEqualTo("summer-bold");
        assertThat(hero.replacement("home.hero", "control")).isNull();
        assertThat(hero.replacement("home.foot", "bold")).isNull();
        assertThat(experiments.all())
                .extracting(Experiment::key)
                .containsExactly("hero-text", "small-text", "new-year", "foot-text");
        assertThat(experiments.at("home.hero")).containsExactly(hero);
        assertThat(experiments.at("home.none")).isEmpty();
    }

    @Test
    void experimentsOfALayerShareItWhileTheyRun() {
        assertThat(good().experiments().all())
                .extracting(Experiment::slice)
                .containsExactly(
                        new Slice("banner", 0, 400_000),
                        new Slice("banner", 400_000, 1_000_000),
                        new Slice("banner", 0, 1_000_000),
                        new Slice("price", 0, 5_000));
    }

    @Test
    void aPackWithoutTheFilesHasNeither() {
        var files = new TreeMap<>(GOOD);
        files.keySet().removeIf(name -> name.startsWith("campaigns/") || name.equals(EXPERIMENTS));

        var pack = Objects.requireNonNull(read(files).snapshot());

        assertThat(pack.programme().campaigns().all()).isEmpty();
        assertThat(pack.programme().experiments().all()).isEmpty();
    }

    @Test
    void aCopyOfThePackHasTheSameProgramme() {
        var pack = Objects.requireNonNull(read(GOOD).snapshot());

        assertThat(pack.keeping(Duration.ofDays(1)).programme()).isSameAs(pack.programme());
        assertThat(pack.gathered(Gathering.ALWAYS).programme()).isSameAs(pack.programme());
        assertThat(pack.asking(List.of()).programme()).isSameAs(pack.programme());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "hours: 08:00 to 22:00|hours: 21:00 to 02:00|21:00 to 02:00 on monday, saturday",
                "hours: 08:00 to 22:00|hours: 08:00 to 24:00|08:00 to 24:00 on monday, saturday",
                "hours: 08:00 to 22:00|hours: 00:00 to 24:00|monday, saturday",
                "hours: 08:00 to 22:00~|''|monday, saturday",
                "days: [ monday, saturday ]|days: sunday|08:00 to 22:00 on sunday",
                "days: [ monday, saturday ]~|''|08:00 to 22:00",
            })
    void hoursMayBeWrittenInSeveralWays(String right, String other, String words) {
        var files = new TreeMap<>(GOOD);
        files.computeIfPresent(BLACK_FRIDAY, (name, text) -> text.replace(right.replace('~', '\n'), other));

        var pack = Objects.requireNonNull(read(files).snapshot());

        var campaign = Objects.requireNonNull(pack.programme().campaigns().find("black-friday"));
        assertThat(Objects.requireNonNull(campaign.hours()).inWords()).isEqualTo(words);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // right | wrong | where in it | code | did you mean
                "campaign: black-friday|campaign: Black Friday|Black|wrong-name|",
                "campaign: black-friday|campaing: black-friday|campaing|unknown-key|campaign",
                "from: 2026-11-27 00:00|from: 27.11.2026|27|wrong-date|",
                "from: 2026-11-27 00:00|from: 2026-12-01|2026-11-30 23|impossible|",
                "from: 2026-11-27 00:00|frmo: 2026-11-27 00:00|frmo|unknown-key|from",
                "for: dach-buyers|for: dach-byuers|dach|unknown-segment|dach-buyers",
                "for: dach-buyers|for: [ dach-buyers ]|[|wrong-shape|",
                "hours: 08:00 to 22:00|hours: 8 to 22|8|wrong-type|",
                "hours: 08:00 to 22:00|hours: 08:00 to 25:00|08|wrong-type|",
                "hours: 08:00 to 22:00|hours: 24:00 to 08:00|24|wrong-type|",
                "hours: 08:00 to 22:00|hours: 08:00 to 08:00|08|impossible|",
                "hours: 08:00 to 22:00|huors: 08:00 to 22:00|huors|unknown-key|hours",
                "monday, saturday|monday, staurday|staurday|unknown-word|saturday",
                "monday, saturday|monday, monday|monday ]|duplicate-name|",
                "[ monday, saturday ]|[]|[|missing|",
                "bf-20, bf-shipping|bf-20, bf-shiping|bf-shiping|unknown-offer|bf-shipping",
                "bf-20, bf-shipping|bf-20, bf-20|bf-20 ]|duplicate-name|",
                "offers: [ bf-20, bf-shipping ]|offers: []|[|missing|",
                "offers: [ bf-20, bf-shipping ]|ofers: [ bf-20 ]|ofers|unknown-key|offers",
                "share: 10 %|share: 0 %|0|wrong-share|",
                "share: 10 %|share: 100 %|100|wrong-share|",
                "share: 10 %|share: 101 %|101|wrong-share|",
                "share: 10 %|share: 10|10|wrong-share|",
                "share: 10 %|share: 0.001 %|0.001|wrong-share|",
                "share: 10 %|shaer: 10 %|shaer|unknown-key|share",
                "{ share: 10 %, shows|{ shows|{|missing|share: ",
                "shows: next best|shows: nxet best|nxet|unknown-word|next best",
                "share: 10 %, shows: next best|share: 10 %|<{|missing|shows: ",
                "budget: 20000|budget: 0|0|wrong-type|",
                "budget: 20000|budget: 20.000,00|20|wrong-type|",
                "budget: 20000|budget: 0.5|0|wrong-type|",
                "budget: 20000|budget: 10.001 EUR|10|wrong-type|",
                "budget: 20000|budget: 20000 USD|20000|wrong-currency|",
                "on: Order Completed|no: Order Completed|no|unknown-key|on",
                "on: Order Completed|on: Order Complete|Order|unknown-event|Order Completed",
                "within: 7 days|within: a week|a week|wrong-type|",
                "within: 7 days, measure|measure|<{ on|missing|within: ",
                "measure: total|measrue: total|measrue|unknown-key|measure",
                "2 times forecast|2 times|2|wrong-type|",
                "2 times forecast|0.5 times forecast|0.5|wrong-type|",
                "budget: 90 %|budget: 190 %|190|wrong-share|",
                "errors: 1 %|errors: 0 %|0|wrong-share|",
                "errors: 1 %|erorrs: 1 %|erorrs|unknown-key|errors",
                "then: pause|then: puase|puase|unknown-word|pause",
                "errors: 1 %, then: pause|errors: 1 %|<{ displays|missing|then: ",
                "displays: 2 times forecast, budget: 90 %, errors: 1 %, |''|<{|missing|displays, budget, errors",
                "budget: 20000~|''|90 %|no-budget|",
            })
    void oneMistakeInACampaignIsOneMessage(String right, String wrong, String where, String code, String meant) {
        var inside = right.startsWith("campaign") ? null : "black-friday";
        assertOneProblem(BLACK_FRIDAY, right, wrong, where, new Expected(code, inside, meant));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // right | wrong | where in it | code | inside | did you mean
                "layers: [ banner, price ]|layres: [ banner, price ]|layres|unknown-key||layers",
                "[ banner, price ]|[ banner, price, banner ]|banner ]|duplicate-name||",
                "[ banner, price ]|[ banner, price, Top ]|Top|wrong-name||",
                "layers: [ banner, price ]~|''|experiments|missing||layers: ",
                "experiments:|experimets:|experimets|unknown-key||experiments",
                "hero-text:|Hero:|Hero|wrong-name|Hero|",
                "hero-text:|a123456789-123456789-123456789-123456789-:|a1|wrong-name|a123456789-123456789-123456789-123456789-|",
                "share: 40 %|share: 0 %|0|wrong-share|hero-text|",
                "share: 40 %|share: 100.01 %|100|wrong-share|hero-text|",
                "share: 60 %|share: 61 %|61|layer-full|small-text|",
                "share: 60 %|shrae: 60 %|shrae|unknown-key|small-text|share",
                "from: 2026-11-01|from: 2027-11-01|2026-12|impossible|hero-text|",
                "from: 2026-11-01|from: 2026-11-31|2026|wrong-date|hero-text|",
                "where: home.hero|where: home.hreo|home|unknown-placement|hero-text|home.hero",
                "where: home.hero|where: till|till|no-placement|hero-text|",
                "~    where: home.hero|''|<layer|missing|hero-text|where: ",
                "where: home.foot|where: home|home|placement-in-two-layers|foot-text|",
                "control: 50 %, bold: 25 %|control: 40 %, bold: 25 %|<{|wrong-sum|hero-text|",
                "control: 50 %, bold: 25 %|control: 50 %, bold: 0 %|0 %, calm|wrong-share|hero-text|",
                "control: 50 %, bold: 25 %|control: 50 %, Bold: 25 %|Bold|wrong-name|hero-text|",
                "control: 50 %, bold: 25 %|bold: 50 %, bold: 25 %|bold: 25|duplicate-key|hero-text|",
                "{ control: 33.33 %, other: 66.67 % }|{ control: 100 % }|{|too-few-variants|small-text|",
                "bold: summer-bold, calm|blod: summer-bold, calm|blod|unknown-variant|hero-text|bold",
                "bold: summer-bold, calm|bold: sumer-bold, calm|sumer|unknown-offer|hero-text|summer-bold",
                "bold: summer-bold, calm|bold: voucher, calm|voucher|missing-content|hero-text|",
                "shows: { bold: summer-bold, calm: summer-calm }|shows: {}|{|missing|hero-text|",
                "~    shows: { bold: summer-bold, calm: summer-calm }|''|<layer|missing|hero-text|shows: ",
                "within: 7 days|within: 7|7|wrong-type|hero-text|",
                "on: Order Completed|on: Order Complete|Order|unknown-event|hero-text|Order Completed",
            })
    void oneMistakeInExperimentsIsOneMessage(
            String right, String wrong, String where, String code, String inside, String meant) {
        assertOneProblem(EXPERIMENTS, right, wrong, where, new Expected(code, inside, meant));
    }

    private static void assertOneProblem(String file, String right, String wrong, String where, Expected expected) {
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

    private record Expected(
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

    @Test
    void allMistakesAreToldAtOnce() {
        var files = new TreeMap<>(GOOD);
        files.computeIfPresent(
                BLACK_FRIDAY,
                (name, text) -> text.replace("dach", "dahc")
                        .replace("10 %", "0 %")
                        .replace("monday", "mnoday")
                        .replace("pause", "stop"));
        files.computeIfPresent("campaigns/spring.yaml", (name, text) -> text.replace("EUR", "CHF"));
        files.computeIfPresent(
                EXPERIMENTS,
                (name, text) -> text.replace("layer: price", "layer: prices")
                        .replace("home.hero", "home.hreo")
                        .replace("66.67", "66.66"));

        assertThat(read(files).problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "unknown-segment",
                        "wrong-share",
                        "unknown-word",
                        "unknown-word",
                        "wrong-currency",
                        "unknown-layer",
                        "unknown-placement",
                        "wrong-sum");
    }

    @Test
    void anOfferIsInNoTwoCampaignsAtOneTime() {
        var problems = check("campaigns/spring.yaml", "until: 2026-05-31", "until: 2026-11-27");

        assertThat(problems.stream().map(Problem::inWords)).containsExactly("""
                campaigns/spring.yaml, line 3, column 9 (offer-in-two-campaigns), rule spring
                  The offer "bf-20" is at the same time in the campaign black-friday (campaigns/black-friday.yaml).
                  Take it out of one of them, or let one end before the other begins.""");
        assertThat(check("campaigns/spring.yaml", "until: 2026-05-31", "until: 2026-11-26"))
                .isEmpty();
    }

    @Test
    void noTwoFilesHoldOneCampaign() {
        var problems = check("campaigns/spring.yaml", "campaign: spring", "campaign: black-friday");

        assertThat(problems.stream().map(Problem::inWords)).containsExactly("""
                campaigns/spring.yaml, line 1, column 11 (duplicate-id), rule black-friday
                  Two files hold the campaign "black-friday".
                  Keep one of them, or rename the campaign.""");
    }

    @Test
    void aLayerIsNotFullerThanItIs() {
        var problems = check(EXPERIMENTS, "share: 60 %", "share: 60.01 %");

        assertThat(problems.stream().map(Problem::inWords)).containsExactly("""
                experiments.yaml, line 14, column 12 (layer-full), rule small-text
                  At one time the shares of the layer "banner" come to more than 100 %: hero-text 40 %, small-text 60.01 %.
                  Make a share smaller, let one end before the other begins, or use another layer.""");
    }

    /** The second takes 30 to 70 %, so that in winter 30 % are left on either side of it. */
    @Test
    void anExperimentNeedsItsShareInOnePiece() {
        var files = new TreeMap<>(GOOD);
        files.put(EXPERIMENTS, """
                layers: [ banner ]
                experiments:
                  autumn: { layer: banner, share: 30 %, until: 2026-11-30, variants: { a: 50 %, b: 50 % } }
                  whole:  { layer: banner, share: 40 %, variants: { a: 50 %, b: 50 % } }
                  winter: { layer: banner, share: 60 %, from: 2026-12-01, variants: { a: 50 %, b: 50 % } }
                """);

        assertThat(read(files).problems().stream().map(Problem::inWords)).containsExactly("""
                experiments.yaml, line 5, column 35 (no-room), rule winter
                  The layer "banner" has no 60 % in one piece left for as long as this experiment runs.
                  Write the experiments that run longest first, or use another layer.""");
    }

    @Test
    void aFileThatCannotBeReadIsOneMessage() {
        assertThat(check(BLACK_FRIDAY, "{ share", "{ { share"))
                .extracting(Problem::code)
                .containsExactly("unreadable-yaml");
        assertThat(check(EXPERIMENTS, "layers: [", "layers: [ ["))
                .extracting(Problem::code)
                .containsExactly("unreadable-yaml");
    }

    @Test
    void aGoalThatNobodyKnowsStopsNothing() {
        var files = new TreeMap<>(GOOD);
        files.computeIfPresent(BLACK_FRIDAY, (name, text) -> text.replace("Order Completed", "Order Complete"));

        var result = read(files);

        assertThat(result.problems()).extracting(Problem::severity).containsExactly(Problem.Severity.WARNING);
        assertThat(result.snapshot()).isNotNull();
    }
}
