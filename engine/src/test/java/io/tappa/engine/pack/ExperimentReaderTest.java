package io.tappa.engine.pack;

import static io.tappa.engine.pack.ProgrammeFiles.EXPERIMENTS;
import static io.tappa.engine.pack.ProgrammeFiles.GOOD;
import static io.tappa.engine.pack.ProgrammeFiles.assertOneProblem;
import static io.tappa.engine.pack.ProgrammeFiles.at;
import static io.tappa.engine.pack.ProgrammeFiles.check;
import static io.tappa.engine.pack.ProgrammeFiles.good;
import static io.tappa.engine.pack.ProgrammeFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.experiment.Experiment;
import io.tappa.engine.experiment.Goal;
import io.tappa.engine.experiment.Period;
import io.tappa.engine.experiment.Slice;
import io.tappa.engine.experiment.Split;
import io.tappa.engine.experiment.Variation;
import io.tappa.engine.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Experiments as their file says them, and one message for each mistake in it. */
class ExperimentReaderTest {
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
        assertOneProblem(EXPERIMENTS, right, wrong, where, new ProgrammeFiles.Expected(code, inside, meant));
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
}
