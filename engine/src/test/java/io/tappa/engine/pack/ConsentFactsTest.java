package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.problem.Problem;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What facts, moves and decisions see of consents. */
class ConsentFactsTest {
    private static final String ADS = "context.consent.ad_personalization=";
    private static final Map<String, String> FILES =
            Map.of("pack.yaml", """
            pack: lab
            zone: Europe/Rome
            currency: EUR
            consent: { personalization_storage: granted, email: granted, ad_personalization: denied }
            journey: shop
            """, "facts.yaml", """
            facts:
              keep:    { type: word, from: consent.personalization_storage }
              mail:    { type: word, from: consent.email }
              sms:     { type: word, from: consent.sms }
              ads:     { type: word, from: consent.ad_personalization }
              adsMail: { type: word, from: consent.ad_personalization for email }
            """, "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: {}, wooed: {}, left-alone: {} }
            moves:
              - { id: woos, on: Page Viewed, if: { ads: granted }, to: wooed }
              - { id: spares, on: Page Viewed, if: { ads: not granted }, to: left-alone }
            """, "journeys/club.yaml", """
            journey: club
            start: outside
            stages: { outside: {} }
            """);

    @Test
    void showThePacksWordAsLongAsNobodySaidAnything() {
        var shopper = Shopper.in(FILES).does("Page Viewed", "2026-03-01T10:00");

        assertThat(shopper.tells("mail")).isEqualTo("granted");
        assertThat(shopper.tells("ads")).isEqualTo("denied");
        assertThat(shopper.tells("adsMail")).isEqualTo("denied");
        assertThat(shopper.tells("sms")).isEqualTo("denied");
        assertThat(shopper.does("Page Viewed", "2026-03-01T10:01", "context.consent.email=pending")
                        .tells("mail"))
                .isEqualTo("pending");
    }

    @ParameterizedTest
    @CsvSource({"mail, granted", "ads, denied", "sms, unknown"})
    void visitorsOfScenariosSaidNothingButWhatIsAssumed(String fact, String word) {
        var facts = Shopper.in(FILES).pack().facts();
        var assumed = new TreeMap<>(Map.of("sms", "unknown"));

        var values = facts.assume(assumed, Circumstances.at(0));

        var asked = Objects.requireNonNull(facts.find(fact));
        assertThat(values.knows(asked) ? values.word(asked.index()) : "unknown").isEqualTo(word);
    }

    @Test
    void aPackThatSaysNothingRemembersForTheVisitOnly() {
        var files = new TreeMap<>(FILES);
        files.compute("pack.yaml", (name, text) -> Objects.requireNonNull(text).replaceAll("consent:.*\\n", ""));

        assertThat(Shopper.in(files).does("Page Viewed", "2026-03-01T10:00").tells("keep"))
                .isEqualTo("session");
    }

    @ParameterizedTest
    @CsvSource({
        "granted, true, granted",
        "denied, true, denied",
        "true, denied, denied",
        "pending, true, pending",
        "granted, false, denied"
    })
    void theStrictestStatementOfOneEventCounts(String said, String ofCategory, String holds) {
        var shopper = Shopper.in(FILES)
                .does(
                        "Page Viewed",
                        "2026-03-01T10:00",
                        ADS + said,
                        "context.consent.categoryPreferences.ad_personalization=" + ofCategory);

        assertThat(shopper.tells("ads")).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({"granted, denied, denied", "denied, granted, denied", "denied, '', denied", "granted, '', granted"})
    void aPurposeOnOneChannelIsAsStrictAsOnAll(String onAll, String onMail, String holds) {
        var shopper = Shopper.in(FILES).does("Page Viewed", "2026-03-01T10:00", ADS + onAll);
        if (!onMail.isEmpty()) {
            shopper.does(
                    "Consent Updated",
                    "2026-03-01T10:01",
                    "purpose=ad_personalization",
                    "channel=email",
                    "status=" + onMail);
        }

        assertThat(shopper.tells("adsMail")).isEqualTo(holds);
        assertThat(shopper.tells("ads")).isEqualTo(onAll);
    }

    @Test
    void aFactOfAChannelThatAPurposeDoesNotHaveIsRefused() {
        var problems = Shopper.problems(Map.of("facts.yaml", """
                facts:
                  wrong: { type: word, from: consent.analytics_storage for email }
                """));

        assertThat(problems).extracting(Problem::code).containsExactly("unknown-purpose");
    }

    @ParameterizedTest
    @CsvSource({
        "granted, denied, denied",
        "denied, granted, denied",
        "granted, pending, pending",
        "pending, granted, pending",
        "granted, granted, granted"
    })
    void ofOnePersonWhoWasTwoTheStricterWordCountsForFactsAndMoves(String first, String second, String holds) {
        var one = Shopper.in(FILES).does("Product Viewed", "2026-03-01T10:00", ADS + first);
        var other = Shopper.in(FILES).doesOn("other", "Product Viewed", "2026-03-01T10:05", ADS + second);

        var joined = one.joined(other, "2026-03-01T10:10").does("Page Viewed", "2026-03-01T10:11");

        assertThat(joined.tells("ads")).isEqualTo(holds);
        assertThat(joined.tells("stage")).isEqualTo(holds.equals("granted") ? "wooed" : "left-alone");
    }

    @Test
    void whatIsSaidAfterTheMergeHolds() {
        var one = Shopper.in(FILES).does("Product Viewed", "2026-03-01T10:00", ADS + "granted");
        var other = Shopper.in(FILES).doesOn("other", "Product Viewed", "2026-03-01T10:05", ADS + "denied");

        var joined = one.joined(other, "2026-03-01T10:10").does("Page Viewed", "2026-03-01T10:10", ADS + "granted");

        assertThat(joined.tells("ads")).isEqualTo("granted");
        assertThat(joined.tells("stage")).isEqualTo("wooed");
    }

    @Test
    void aBrowserThatAsksNotToBeFollowedIsHeardWithoutBeingStored() {
        var shopper = Shopper.in(FILES).does("Page Viewed", "2026-03-01T10:00", ADS + "granted");
        var pack = shopper.pack();
        var asked = new TreeMap<>(Map.of("Sec-GPC", "1"));

        var heard = pack.factsFor(shopper.state(), 0, null, asked);

        assertThat(heard.word(Objects.requireNonNull(pack.facts().find("ads")).index()))
                .isEqualTo("denied");
        assertThat(heard.word(
                        Objects.requireNonNull(pack.facts().find("adsMail")).index()))
                .isEqualTo("denied");
        assertThat(shopper.tells("ads")).isEqualTo("granted");
    }
}
