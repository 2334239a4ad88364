package io.tappa.engine.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pause holds a candidate, and when. */
class PausesTest {
    private static final long NOW = 1_772_445_600_000L;
    private static final List<String> WIDEST_FIRST =
            List.of("everything", "channel:site", "campaign:spring", "campaign:sale", "offer:voucher", "rule:hesitant");

    @Test
    void nothingHoldsWhereNothingIsPaused() {
        assertThat(held(Pauses.NONE, NOW)).isNull();
        assertThat(Pauses.NONE.holding("everything", NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "everything",
                "channel:site",
                "campaign:spring",
                "campaign:sale",
                "offer:voucher",
                "rule:hesitant"
            })
    void holdsACandidateByAnyOfItsNames(String what) {
        assertThat(held(Pauses.NONE.with(pause(what)), NOW)).isEqualTo(pause(what));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "channel:email",
                "campaign:autumn",
                "offer:hesitant",
                "rule:voucher",
                "rule:site",
                "offer:vouche",
                "voucher",
                "some-day-another:kind"
            })
    void holdsNothingElse(String what) {
        assertThat(held(Pauses.NONE.with(pause(what)), NOW)).isNull();
    }

    @Test
    void tellsTheWidestOfSeveral() {
        var pauses = Pauses.NONE;
        for (int i = WIDEST_FIRST.size() - 1; i >= 0; i--) {
            pauses = pauses.with(pause(WIDEST_FIRST.get(i)));

            assertThat(held(pauses, NOW)).isEqualTo(pause(WIDEST_FIRST.get(i)));
        }
    }

    @Test
    void holdsUntilTheMomentBeforeItsEndWhateverItsBeginning() {
        var pauses = Pauses.NONE.with(new Pause("offer:voucher", "wrong price", NOW + 500, NOW + 1_000, "back"));

        assertThat(held(pauses, Long.MIN_VALUE)).isNotNull();
        assertThat(held(pauses, NOW)).isNotNull();
        assertThat(held(pauses, NOW + 999)).isNotNull();
        assertThat(held(pauses, NOW + 1_000)).isNull();
        assertThat(held(Pauses.NONE.with(pause("everything")), Long.MAX_VALUE - 1))
                .isNotNull();
    }

    @Test
    void aWiderOneThatHasEndedDoesNotHideANarrowerOneThatHolds() {
        var pauses = Pauses.NONE
                .with(new Pause("everything", "over", NOW - 2, NOW - 1, "back"))
                .with(pause("rule:hesitant"));

        assertThat(held(pauses, NOW)).isEqualTo(pause("rule:hesitant"));
    }

    @Test
    void aFallbackHasNoRule() {
        var pauses = Pauses.NONE.with(pause("rule:null")).with(pause("rule:hesitant"));

        assertThat(held(pauses, null, NOW)).isNull();
        assertThat(held(pauses.with(pause("offer:voucher")), null, NOW)).isEqualTo(pause("offer:voucher"));
    }

    @Test
    void whatIsNamedAloneIsHeldByNothingWider() {
        var pauses = Pauses.NONE.with(pause("everything")).with(new Pause("rule:keeps-away", "", NOW, NOW + 1, "back"));

        assertThat(pauses.holding("rule:keeps-away", NOW)).isNotNull();
        assertThat(pauses.holding("rule:keeps-away", NOW + 1)).isNull();
        assertThat(pauses.holding("rule:other", NOW)).isNull();
    }

    @Test
    void theLaterOfTwoPausesOfOneThingCounts() {
        var shorter = new Pause("offer:voucher", "only today", NOW, NOW + 1, "back");

        var pauses = Pauses.NONE.with(pause("offer:voucher")).with(shorter);

        assertThat(pauses.byWhat().values()).containsExactly(shorter);
    }

    @Test
    void endingLeavesTheOthers() {
        var pauses = Pauses.NONE.with(pause("offer:voucher")).with(pause("channel:site"));

        assertThat(pauses.without("channel:site").byWhat().values()).containsExactly(pause("offer:voucher"));
        assertThat(pauses.without("offer:none")).isEqualTo(pauses);
        assertThat(pauses.byWhat()).hasSize(2);
    }

    @Test
    void nobodyChangesPausesFromOutside() {
        var given = new TreeMap<String, Pause>();
        var pauses = new Pauses(given);
        given.put("everything", pause("everything"));

        assertThat(pauses).isEqualTo(Pauses.NONE);
        assertThatThrownBy(() -> pauses.byWhat().put("everything", pause("everything")))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static @Nullable Pause held(Pauses pauses, long atMillis) {
        return held(pauses, "hesitant", atMillis);
    }

    private static @Nullable Pause held(Pauses pauses, @Nullable String rule, long atMillis) {
        return pauses.holding(rule, "voucher", List.of("spring", "sale"), "site", atMillis);
    }

    private static Pause pause(String what) {
        return new Pause(what, "wrong price", NOW, Long.MAX_VALUE, "back");
    }
}
