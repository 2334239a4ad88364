package io.tappa.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.coverage.Coverage;
import io.tappa.engine.coverage.Suggestion;
import io.tappa.engine.coverage.Suggestions;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.simulation.Comparison;
import io.tappa.engine.simulation.Rees46;
import io.tappa.engine.simulation.ScenarioRun;
import io.tappa.engine.simulation.Simulation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ShopPackTest {
    private static final Path SHOP = Path.of("shop");
    private static final Path SAMPLE = Path.of("../load-tests/sample/rees46-2019-10-01.csv.gz");

    private static final LocalDate TODAY = LocalDate.parse("2026-11-29");

    private static PackSnapshot pack() {
        return Packs.pack(SHOP);
    }

    @Test
    void checksWithoutAnyProblem() {
        Packs.checkWithoutAnyProblem(SHOP);
    }

    @Test
    void itsCompiledRulesMeanWhatIsWritten() {
        var comparison = Comparison.of(pack(), 20_000, 1);

        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.neverMatched()).isEmpty();
        assertThat(comparison.matches()).isGreaterThan(20_000);
    }

    @Test
    void whatIsSuggestedForItsBordersComesOutAndHoldsThem() {
        var pack = pack();
        var coverage = Coverage.of(pack, ScenarioRun.all(pack));
        var suggestions = Suggestions.of(pack, coverage.unproven(), TODAY);
        var files = new TreeMap<>(Packs.files(SHOP).contents());
        files.put(
                "scenarios/borders.yaml",
                suggestions.stream().map(Suggestion::yaml).collect(Collectors.joining("", "scenarios:\n", "")));

        var more = Objects.requireNonNull(
                PackReader.read(new PackFiles(files)).snapshot(),
                () -> "has errors: " + files.get("scenarios/borders.yaml"));

        var runs = ScenarioRun.all(more);
        assertThat(runs).allMatch(ScenarioRun::passed);
        var unproven = Coverage.of(more, runs).unproven();
        assertThat(suggestions).hasSizeGreaterThan(coverage.unproven().size() * 9 / 10);
        assertThat(unproven)
                .doesNotContainAnyElementsOf(
                        suggestions.stream().map(Suggestion::border).toList());
    }

    @Test
    void isFoundOnTheClassPathToo() {
        assertThat(getClass().getResource("/packs/shop/pack.yaml")).isNotNull();
    }

    @TestFactory
    Stream<DynamicTest> meetsItsScenarios() {
        return Packs.scenarios(SHOP);
    }

    @Test
    void everyMoveIsMadeInSomeStory() {
        Packs.allMovesAreMade(SHOP);
    }

    @Test
    void movesTheVisitorsOfTheSampleAsKnown() throws IOException {
        var summary = simulate(pack()).summary();

        assertThat(summary.uniqueEvents()).isEqualTo(17_429);
        assertThat(summary.duplicates()).isEqualTo(5);
        assertThat(summary.visitors()).isEqualTo(4_504);
        var shop = summary.journeys().get("shop");
        assertThat(shop.stages())
                .isEqualTo(Map.of(
                        "awareness", 2_436L,
                        "consideration", 1_826L,
                        "intention", 53L,
                        "purchase", 182L,
                        "loyalty", 7L,
                        "advocacy", 0L));
        assertThat(shop.moves())
                .containsEntry("awareness>consideration", 1_921L)
                .containsEntry("awareness>purchase", 76L);
    }

    @Test
    void otherPhrasesInTheJourneyFileChangeTheNumbers() throws IOException {
        var changed = new TreeMap<>(Packs.files(SHOP).contents());
        changed.computeIfPresent(
                "journeys/shop.yaml",
                (name, text) ->
                        text.replace("product views in a day: at least 3", "product views in a day: at least 5"));

        var pack =
                Objects.requireNonNull(PackReader.read(new PackFiles(changed)).snapshot());

        assertThat(simulate(pack).summary().journeys().get("shop").moves().get("awareness>consideration"))
                .isBetween(1L, 1_920L);
    }

    private static Simulation simulate(PackSnapshot pack) throws IOException {
        var simulation = new Simulation(pack);
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(SAMPLE)), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(String.join(",", Rees46.HEADER));
            int number = 1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                simulation.accept(Objects.requireNonNull(
                        Rees46.read(line, SAMPLE.toString(), ++number).event()));
            }
        }
        return simulation;
    }
}
