package io.tappa.engine.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tappa.engine.campaign.GuardRails.Then;
import io.tappa.engine.campaign.HoldBack.Shows;
import io.tappa.engine.experiment.Goal;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CampaignsTest {
    private static final int UNITS = 100_000;
    private static final HoldBack TENTH = new HoldBack(1_000, Shows.NEXT_BEST);
    private static final Campaign SPRING = campaign("spring", 100, 200, TENTH, "a", "b");
    private static final Campaign AUTUMN = campaign("autumn", 300, 400, TENTH, "b", "c");

    @Test
    void tellWhichCampaignAnOfferBelongsToWhen() {
        var campaigns = new Campaigns(List.of(AUTUMN, SPRING));

        assertThat(campaigns.of("a")).containsExactly(SPRING);
        assertThat(campaigns.of("b")).containsExactly(SPRING, AUTUMN);
        assertThat(campaigns.of("d")).isEmpty();
        assertThat(campaigns.of("b", 99)).isNull();
        assertThat(campaigns.of("b", 100)).isEqualTo(SPRING);
        assertThat(campaigns.of("b", 199)).isEqualTo(SPRING);
        assertThat(campaigns.of("b", 200)).isNull();
        assertThat(campaigns.of("b", 300)).isEqualTo(AUTUMN);
        assertThat(campaigns.find("spring")).isEqualTo(SPRING);
        assertThat(campaigns.find("winter")).isNull();
        assertThat(campaigns.keys()).containsExactly("autumn", "spring");
    }

    @Test
    void oneMayBeginAtTheMomentWhenAnotherEnds() {
        var summer = campaign("summer", 200, 300, null, "b");

        var campaigns = new Campaigns(List.of(SPRING, AUTUMN, summer));

        assertThat(campaigns.of("b")).containsExactly(SPRING, summer, AUTUMN);
        assertThat(campaigns.of("b", 200)).isEqualTo(summer);
    }

    @Test
    void refuseAnOfferInTwoAtOneTime() {
        var late = campaign("late", 199, 250, null, "b");

        assertThatThrownBy(() -> new Campaigns(List.of(SPRING, late))).hasMessageContaining("spring and late");
        assertThatThrownBy(() -> new Campaigns(List.of(SPRING, SPRING))).hasMessageContaining("spring twice");
    }

    @Test
    void holdBackTheirShareOfPeopleIndependently() {
        long spring =
                units().filter(unit -> SPRING.holdsBack("visitor " + unit)).count();
        long both = units().filter(unit -> SPRING.holdsBack("visitor " + unit) && AUTUMN.holdsBack("visitor " + unit))
                .count();

        assertThat(spring).isBetween(9_700L, 10_300L);
        assertThat(both).isBetween(880L, 1_120L);
        assertThat(units().filter(unit -> campaign("open", 1, 2, null, "a").holdsBack("visitor " + unit)))
                .isEmpty();
    }

    private static IntStream units() {
        return IntStream.range(0, UNITS);
    }

    @Test
    void refuseWhatMeansNothing() {
        assertThatThrownBy(() -> campaign("x", 2, 2, null, "a")).hasMessageContaining("must be before");
        assertThatThrownBy(() -> campaign("x", 1, 2, null)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> campaign("x", 1, 2, null, "a", "a")).hasMessageContaining("none of them twice");
        assertThatThrownBy(() -> new HoldBack(0, Shows.NOTHING)).hasMessageContaining("1 to 9999");
        assertThatThrownBy(() -> new HoldBack(10_000, Shows.NOTHING)).hasMessageContaining("1 to 9999");
        assertThatThrownBy(() -> new Budget.Times(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new Budget.Amount(-1)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new GuardRails(null, null, null, Then.WARN)).hasMessageContaining("all null");
        assertThatThrownBy(() -> new GuardRails(99, null, null, Then.WARN)).hasMessageContaining("displays");
        assertThatThrownBy(() -> new GuardRails(null, 10_001, null, Then.WARN)).hasMessageContaining("budget");
        assertThatThrownBy(() -> new GuardRails(null, null, 0, Then.WARN)).hasMessageContaining("errors");
        assertThatThrownBy(() -> new Goal("Order Completed", Duration.ZERO, null))
                .hasMessageContaining("no time");
        assertThatThrownBy(() -> new Goal(" ", Duration.ofDays(1), null)).hasMessageContaining("can be seen");
        var rails = new GuardRails(null, 9_000, null, Then.PAUSE);
        assertThatThrownBy(() -> new Campaign("x", 1, 2, null, null, List.of("a"), null, null, null, rails))
                .hasMessageContaining("budget is null");
    }

    private static Campaign campaign(String key, long from, long until, @Nullable HoldBack holdBack, String... offers) {
        return new Campaign(key, from, until, null, null, List.of(offers), holdBack, null, null, null);
    }
}
