package io.tappa.engine.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Weights are exact, and have to be whole. */
class SplitTest {
    @Test
    void givesEachVariationItsBucketsInOrder() {
        var split = new Split(List.of(new Variation("A", 1), new Variation("B", 999_998), new Variation("C", 1)));

        assertThat(split.at(0)).isEqualTo("A");
        assertThat(split.at(1)).isEqualTo("B");
        assertThat(split.at(999_998)).isEqualTo("B");
        assertThat(split.at(999_999)).isEqualTo("C");
    }

    @Test
    void refusesWeightsThatAreNotTheWhole() {
        assertThatThrownBy(() -> new Split(List.of(new Variation("A", 500_000), new Variation("B", 499_999))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "The weights of variations come to 999999 parts per million and must come to 1000000.")
                .hasMessageContaining("Maybe");
    }

    @Test
    void refusesAVariationTwice() {
        assertThatThrownBy(() -> new Split(List.of(new Variation("A", 500_000), new Variation("A", 500_000))))
                .hasMessageStartingWith("variations has A twice.");
    }

    @Test
    void refusesAVariationThatNobodyGets() {
        assertThatThrownBy(() -> new Variation("A", 0)).hasMessageContaining("must be 1 to 1000000");
    }
}
