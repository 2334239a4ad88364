package io.tappa.engine.pack;

import static io.tappa.engine.pack.ProgrammeFiles.BLACK_FRIDAY;
import static io.tappa.engine.pack.ProgrammeFiles.EXPERIMENTS;
import static io.tappa.engine.pack.ProgrammeFiles.GOOD;
import static io.tappa.engine.pack.ProgrammeFiles.check;
import static io.tappa.engine.pack.ProgrammeFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Gathering;
import io.tappa.engine.problem.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Campaigns and experiments are part of a pack, and a pack without them has none. */
class ProgrammeTest {
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
    void aFileThatCannotBeReadIsOneMessage() {
        assertThat(check(BLACK_FRIDAY, "{ share", "{ { share"))
                .extracting(Problem::code)
                .containsExactly("unreadable-yaml");
        assertThat(check(EXPERIMENTS, "layers: [", "layers: [ ["))
                .extracting(Problem::code)
                .containsExactly("unreadable-yaml");
    }
}
