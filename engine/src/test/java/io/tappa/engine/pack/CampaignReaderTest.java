package io.tappa.engine.pack;

import static io.tappa.engine.pack.ProgrammeFiles.BLACK_FRIDAY;
import static io.tappa.engine.pack.ProgrammeFiles.GOOD;
import static io.tappa.engine.pack.ProgrammeFiles.assertOneProblem;
import static io.tappa.engine.pack.ProgrammeFiles.at;
import static io.tappa.engine.pack.ProgrammeFiles.check;
import static io.tappa.engine.pack.ProgrammeFiles.good;
import static io.tappa.engine.pack.ProgrammeFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.calendar.Hours;
import io.tappa.engine.campaign.Budget;
import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.campaign.GuardRails;
import io.tappa.engine.campaign.GuardRails.Then;
import io.tappa.engine.campaign.HoldBack;
import io.tappa.engine.campaign.HoldBack.Shows;
import io.tappa.engine.experiment.Goal;
import io.tappa.engine.problem.Problem;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns as their files say them, and one message for each mistake in them. */
class CampaignReaderTest {
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
        assertThat(campaigns.askForLocalTime()).isTrue();
        assertThat(campaigns.of("bf-20")).extracting(Campaign::key).containsExactly("spring", "black-friday");
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
                "offers: [ bf-20, bf-shipping ]|offers: {}|{|wrong-shape|",
                "hold back: { share: 10 %, shows: next best }|hold back: 10 %|10|wrong-shape|",
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
        assertOneProblem(BLACK_FRIDAY, right, wrong, where, new ProgrammeFiles.Expected(code, inside, meant));
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
    void aGoalThatNobodyKnowsStopsNothing() {
        var files = new TreeMap<>(GOOD);
        files.computeIfPresent(BLACK_FRIDAY, (name, text) -> text.replace("Order Completed", "Order Complete"));

        var result = read(files);

        assertThat(result.problems()).extracting(Problem::severity).containsExactly(Problem.Severity.WARNING);
        assertThat(result.snapshot()).isNotNull();
    }
}
