package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.contact.Contact;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each filter alone: who loses there, with which value and threshold, and what would do. */
class FiltersTest {
    private static final Instant NOON = Instant.parse("2026-03-02T11:00:00Z");

    private static PackSnapshot pack(String offers, String policy, String rules) {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", """
                pack: lab
                zone: Europe/Rome
                currency: EUR
                languages: [en]
                journey: shop
                consent: { push: granted }
                """);
        files.put("facts.yaml", """
                facts:
                  basket: { label: basket value, type: money, from: context.basket }
                """);
        files.put("segments.yaml", "segments: { rich: { if: { basket value: at least 50 } } }");
        files.put("touchpoints.yaml", """
                touchpoints:
                  home:
                    channel: site
                    placements: { hero: { keep: 30 minutes, fallback: plain }, list: { count: 3 }, side: {}, visit: { keep: visit } }
                  letter: { channel: email, placements: { body: { fallback: plain } } }
                  phone:  { channel: push, placements: { body: {} } }
                """);
        files.put("offers.yaml", """
                offers:
                  plain: { content: { site: { en: { title: P } }, email: { en: { title: P } } } }
                  a: { value: 9.00, group: g, %s, content: { site: { en: { title: A } }, email: { en: { title: A } }, push: { en: { title: A } } } }
                  b: { value: 5.00, group: g, content: { site: { en: { title: B } } } }
                  c: { value: 4.00, content: { site: { en: { title: C } } } }
                  d: { value: 3.00, content: { site: { en: { title: D } } } }
                """.formatted(offers));
        files.put("journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {} } }");
        files.put("decisions/rules.yaml", rules);
        files.put("contact-policy.yaml", policy);
        var result = PackReader.read(new PackFiles(files));
        assertThat(result.snapshot()).as(result.problems().toString()).isNotNull();
        return Objects.requireNonNull(result.snapshot());
    }

    private static PackSnapshot pack(String offers) {
        return pack(offers, "{}", "rules: [ { id: a, show: a, where: [home, letter, phone] } ]");
    }

    private static Inputs inputs(PackSnapshot pack, String place, SortedMap<String, String> context) {
        var placement = Objects.requireNonNull(pack.touchpoints().placement(place));
        var touchpoint = Objects.requireNonNull(pack.touchpoints().find(placement.touchpoint()));
        long now = NOON.toEpochMilli();
        var request = new DecisionRequest(touchpoint, List.of(placement), context, now);
        return Inputs.of(request, pack.factsFor(VisitorState.UNSEEN, now, touchpoint.key(), context));
    }

    private static Inputs inputs(PackSnapshot pack, String place) {
        return inputs(pack, place, new TreeMap<>());
    }

    private static Inputs at(Inputs inputs, Instant now) {
        var request = inputs.request();
        return new Inputs(
                new DecisionRequest(request.touchpoint(), request.placements(), request.context(), now.toEpochMilli()),
                inputs.facts(),
                inputs.memory(),
                inputs.consents(),
                inputs.lots(),
                inputs.around());
    }

    private static PlacementDecision decide(PackSnapshot pack, Inputs inputs) {
        return Decider.decide(pack, inputs).placements().get(0);
    }

    private static List<String> offers(PackSnapshot pack, Inputs inputs) {
        return decide(pack, inputs).choices().stream().map(Choice::offer).toList();
    }

    private static Verdict verdict(PackSnapshot pack, Inputs inputs) {
        return decide(pack, inputs).judged().get(0).verdict();
    }

    private static String because(PackSnapshot pack, Verdict verdict, Inputs inputs, String language) {
        return Sentences.of(pack.settings(), LanguageRange.parse(language)).because(verdict, inputs.facts());
    }

    @Test
    void anOfferForASegmentIsForNobodyElse() {
        var pack = pack("for: rich");
        var poor = inputs(pack, "home.side", new TreeMap<>(Map.of("basket", "40")));
        var rich = inputs(pack, "home.side", new TreeMap<>(Map.of("basket", "50")));

        var lost = verdict(pack, poor);

        assertThat(lost.code()).isEqualTo("segment");
        assertThat(lost.changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.OfNumber.class, change -> assertThat(change.to()).isEqualTo(5_000));
        assertThat(because(pack, lost, poor, "en"))
                .isEqualTo(
                        "only for the segment rich: basket value is 40 EUR and must be at least 50 EUR (10 EUR more would do)");
        assertThat(offers(pack, rich)).containsExactly("a");
    }

    @Test
    void whatIsSoldOutIsNotOffered() {
        var pack = pack("product: [p-1, p-2]");
        var ordinary = inputs(pack, "home.side");
        var without = new Inputs(
                ordinary.request(),
                ordinary.facts(),
                Memory.NONE,
                Permissions.UNSAID,
                Lots.NONE,
                new Surroundings(Pauses.NONE, Propensities.NONE, new TreeSet<>(Set.of("p-2", "p-9"))));

        assertThat(offers(pack, ordinary)).containsExactly("a");
        assertThat(verdict(pack, without)).isEqualTo(new Verdict.SoldOut("p-2"));
        assertThat(pack.offers().products()).containsExactly("p-1", "p-2");
    }

    @ParameterizedTest(name = "{0} paused: {1}")
    @CsvSource({
        "rule:a, plain",
        "offer:a, plain",
        "channel:site, null",
        "everything, null",
        "rule:b, a",
        "channel:email, a"
    })
    void whatIsPausedIsNotShownUntilItsMoment(String what, String shown) {
        var pack = pack("class: mandatory");
        var hero = inputs(pack, "home.hero");
        var until = NOON.plusSeconds(60);
        var pause = new Pause(what, "wrong price", NOON.toEpochMilli(), until.toEpochMilli(), "me");
        var paused = new Inputs(
                hero.request(),
                hero.facts(),
                Memory.NONE,
                Permissions.UNSAID,
                Lots.NONE,
                new Surroundings(Pauses.NONE.with(pause), Propensities.NONE, new TreeSet<>()));

        assertThat(String.valueOf(decide(pack, paused).offer())).isEqualTo(shown);
        assertThat(decide(pack, at(paused, until)).offer()).isEqualTo("a");
        var verdict = verdict(pack, paused);
        if (verdict instanceof Verdict.Paused) {
            assertThat(verdict.changes()).containsExactly(new Change.Later(until.toEpochMilli()));
            assertThat(because(pack, verdict, paused, "en"))
                    .isEqualTo("paused (%s): wrong price; it goes on on 2026-03-02 12:01".formatted(what));
        }
    }

    @Test
    void aPausedRuleKeepsNothingAwayAnyMore() {
        var pack = pack("class: default", "{}", "rules: [ { id: never, never show: plain, where: home.hero } ]");
        var hero = inputs(pack, "home.hero");
        var pause = new Pause("rule:never", "mistake", 0, Long.MAX_VALUE, "me");
        var paused = new Inputs(
                hero.request(),
                hero.facts(),
                Memory.NONE,
                Permissions.UNSAID,
                Lots.NONE,
                new Surroundings(Pauses.NONE.with(pause), Propensities.NONE, new TreeSet<>()));

        assertThat(decide(pack, hero).choices()).isEmpty();
        assertThat(decide(pack, paused).offer()).isEqualTo("plain");
    }

    @ParameterizedTest(name = "{0} at {1}, {2}: {3}")
    @CsvSource({
        "purpose: ad_personalization, home.side, '', consent:missing ad_personalization",
        "purpose: ad_personalization, home.side, ad_personalization=GRANTED, chosen",
        "purpose: ad_personalization, home.side, ad_personalization=DENIED, consent:denied ad_personalization",
        "purpose: ad_personalization, home.side, ad_personalization=PENDING, consent:pending ad_personalization",
        "purpose: ad_personalization, letter.body, ad_personalization for email=GRANTED, consent:missing email",
        "purpose: ad_personalization, letter.body, email=GRANTED, consent:missing ad_personalization for email",
        "purpose: ad_personalization, letter.body, email=GRANTED;ad_personalization for email=GRANTED, chosen",
        "class: default, letter.body, '', consent:missing email",
        "class: default, home.side, '', chosen",
        "class: default, phone.body, '', chosen",
        "class: default, phone.body, push=DENIED, consent:denied push",
        "class: transactional, letter.body, '', chosen",
        "class: transactional, letter.body, email=DENIED, consent:denied email",
        "class: mandatory, letter.body, email=DENIED, chosen",
    })
    void consentIsAskedByPurposeAndChannel(String terms, String place, String said, String expected) {
        var pack = pack(terms);
        var inputs = inputs(pack, place);
        var statuses = new TreeMap<String, Status>();
        for (var one : said.isEmpty() ? new String[0] : said.split(";", -1)) {
            statuses.put(one.split("=", 2)[0], Status.valueOf(one.split("=", 2)[1]));
        }
        var heard = new Inputs(
                inputs.request(), inputs.facts(), Memory.NONE, new Permissions(statuses), Lots.NONE, Surroundings.NONE);

        var verdict = verdict(pack, heard);

        var lacking = verdict instanceof Verdict.NoConsent none
                ? " " + none.lacking().get(0).name()
                : "";
        assertThat(verdict.code() + lacking).isEqualTo(expected);
        for (var change : verdict.changes()) {
            statuses.put(((Change.OfConsent) change).name(), Status.GRANTED);
        }
        var granted = new Inputs(
                inputs.request(), inputs.facts(), Memory.NONE, new Permissions(statuses), Lots.NONE, Surroundings.NONE);
        assertThat(verdict(pack, granted).code()).isEqualTo("chosen");
    }

    @Test
    void aFallbackNeedsConsentAsWell() {
        var pack = pack("class: default");

        assertThat(decide(pack, inputs(pack, "letter.body")).choices()).isEmpty();
        assertThat(Decider.fallback(pack, inputs(pack, "letter.body"), "late")
                        .placements()
                        .get(0)
                        .choices())
                .isEmpty();
        assertThat(Decider.fallback(pack, inputs(pack, "home.hero"), "late")
                        .placements()
                        .get(0)
                        .offer())
                .isEqualTo("plain");
    }

    @Test
    void aDegradedAnswerShowsNothingThatMustNeverBeShown() {
        var pack = pack("class: default", "{}", "rules: [ { id: never, never show: plain, where: home.hero } ]");

        assertThat(Decider.fallback(pack, inputs(pack, "home.hero"), "late")
                        .placements()
                        .get(0)
                        .choices())
                .isEmpty();
    }

    @Test
    void quietHoursAndPressureSayWhenTheyEnd() {
        var pack = pack(
                "class: default",
                "{ quiet hours: { channels: [push], from: \"11:30\", to: \"13:00\" }, pressure: { budget: 3, per: 2 days, costs: { site: 2 } } }",
                "rules: [ { id: a, show: a, where: [home, phone] }, { id: b, show: b, where: home } ]");
        var noon = inputs(pack, "phone.body");

        var quiet = verdict(pack, noon);
        assertThat(because(pack, quiet, noon, "en"))
                .isEqualTo("quiet hours from 11:30 to 13:00: it is 12:00 there; they end on 2026-03-02 13:00");
        assertThat(because(pack, quiet, noon, "it"))
                .isEqualTo("ore di silenzio dalle 11:30 alle 13:00: là sono le 12:00; finiscono il 2026-03-02 13:00");
        var later =
                at(noon, Instant.ofEpochMilli(((Change.Later) quiet.changes().get(0)).untilMillis()));
        assertThat(verdict(pack, later).code()).isEqualTo("chosen");
        assertThat(verdict(pack, at(later, Instant.ofEpochMilli(later.request().atMillis() - 1)))
                        .code())
                .isEqualTo("quiet-hours");

        var side = inputs(pack, "home.side");
        var again = side.after(Decider.decide(pack, side).memory());
        var tooMuch = verdict(pack, again);
        assertThat(tooMuch.code()).isEqualTo("pressure");
        assertThat(because(pack, tooMuch, side, "en"))
                .startsWith("too much at once: it costs 2 points, 2 of 3 are used (enough again on 2026-03-04 12:");
        long enough = ((Change.Later) tooMuch.changes().get(0)).untilMillis();
        assertThat(verdict(pack, at(again, Instant.ofEpochMilli(enough))).code())
                .isEqualTo("chosen");
        assertThat(verdict(pack, at(again, Instant.ofEpochMilli(enough - 1))).code())
                .isEqualTo("pressure");
    }

    @ParameterizedTest(name = "{0} in {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "offer: a, times: 1, per: 1 hour|12:00:00.000|en|capped: offer a at most 1× per 1 hour; 1 of 1 are used, the next is possible on 2026-03-02 13:00",
                "offer: a, times: 1, per: 1 hour|11:59:00.001|en|capped: offer a at most 1× per 1 hour; 1 of 1 are used, the next is possible on 2026-03-02 13:00",
                "offer: a, times: 1, per: 12 hours|11:59:59.999|it|limite raggiunto: offerta a al massimo 1× in 12 ore; usati 1 di 1, il prossimo è possibile il 2026-03-03",
                "group: g, times: 1, per: 7 days|11:00:01.000|it|limite raggiunto: gruppo g al massimo 1× in 1 settimana; usati 1 di 1, il prossimo è possibile il 2026-03-09 11:01",
                "channel: site, times: 1, per: calendar month|11:00:01.000|it|limite raggiunto: canale site al massimo 1× in un mese di calendario; usati 1 di 1, il prossimo è possibile il 2026-04-01",
                "channel: site, times: 1, per: calendar week|11:00:01.000|en|capped: channel site at most 1× per calendar week; 1 of 1 are used, the next is possible on 2026-03-09",
                "times: 1, per: calendar day|11:00:01.000|it|limite raggiunto: qualsiasi offerta al massimo 1× in un giorno di calendario; usati 1 di 1, il prossimo è possibile il 2026-03-03",
            })
    void aCapIsToldInTheReadersLanguageAndItsNextMomentNeverTooEarly(
            String cap, String shownAt, String language, String told) {
        var pack = pack(
                "class: default",
                "not more often than: [ { %s } ]".formatted(cap),
                "rules: [ { id: a, show: a, where: home } ]");
        var side = inputs(pack, "home.side");
        var before = Instant.parse("2026-03-02T%sZ".formatted(shownAt)).minus(Duration.ofHours(1));
        var again = side.after(Decider.decide(pack, at(side, before)).memory());

        var lost = verdict(pack, again);

        assertThat(because(pack, lost, again, language)).isEqualTo(told);
        var exact = Instant.ofEpochMilli(((Change.Later) lost.changes().get(0)).untilMillis());
        assertThat(verdict(pack, at(again, exact)).code()).isEqualTo("chosen");
        assertThat(verdict(pack, at(again, exact.minusMillis(1))).code()).isEqualTo("cap");
    }

    @Test
    void aListShowsTheBestOnceEachAndCountsEveryOne() {
        var pack = pack(
                "class: default",
                "not more often than: [ { group: g, times: 1, per: 1 day } ]",
                "rules: [ { id: a, show: a, where: home }, { id: b, show: b, where: home }, { id: c, show: c, where: home }, { id: c2, show: c, where: home, priority: low }, { id: d, show: d, where: home, priority: low } ]");

        var decided = decide(pack, inputs(pack, "home.list"));

        assertThat(decided.choices().stream().map(Choice::offer)).containsExactly("a", "c", "d");
        assertThat(decided.judged().stream().map(judged -> judged.verdict().code()))
                .containsExactly("chosen", "cap", "chosen", "already-on-page", "chosen");
        assertThat(decided.offer()).isEqualTo("a");
    }

    @Test
    void whoLosesToABetterOneIsToldSoOnlyIfNothingElseKeptItAway() {
        var pack = pack(
                "class: default",
                "not more often than: [ { offer: b, times: 1, per: 1 day } ]",
                "rules: [ { id: a, show: a, where: home }, { id: b, show: b, where: home, priority: low } ]");
        var first = inputs(pack, "home.side");
        var shown = new Inputs(
                first.request(),
                first.facts(),
                Memory.NONE.with(pack.policy()
                        .count(
                                new Contact(Objects.requireNonNull(pack.offers().find("b")), "site", null),
                                Memory.NONE.contacts(),
                                NOON)),
                Permissions.UNSAID,
                Lots.NONE,
                Surroundings.NONE);

        assertThat(decide(pack, first).judged().get(1).verdict().code()).isEqualTo("outranked");
        assertThat(decide(pack, shown).judged().get(1).verdict().code()).isEqualTo("cap");
    }

    @Test
    void whatIsKeptStaysThoughABetterOneComesAndIsNotCountedAgain() {
        var rules =
                "rules: [ { id: b, show: b, where: home }, { id: a, show: a, where: home, if: { basket value: known } } ]";
        var pack = pack("class: default", "not more often than: [ { offer: b, times: 1, per: 1 day } ]", rules);
        var first = Decider.decide(pack, inputs(pack, "home.hero"));
        var richer =
                inputs(pack, "home.hero", new TreeMap<>(Map.of("basket", "9"))).after(first.memory());

        var second = Decider.decide(pack, richer);
        var late = Decider.decide(pack, at(richer, NOON.plus(Duration.ofMinutes(30))));

        assertThat(first.placements().get(0).offer()).isEqualTo("b");
        assertThat(second.placements().get(0).offer()).isEqualTo("b");
        assertThat(second.memory()).isEqualTo(first.memory());
        var lost = second.placements().get(0).judged().get(1);
        assertThat(lost.verdict().code()).isEqualTo("kept");
        assertThat(because(pack, lost.verdict(), richer, "en")).isEqualTo("b stays here until 2026-03-02 12:30");
        assertThat(late.placements().get(0).offer()).isEqualTo("a");
    }

    @Test
    void aVisitIsAsLongAsSomebodyComesBack() {
        var pack = pack("class: default", "{}", "rules: [ { id: b, show: b, where: home } ]");
        var first = inputs(pack, "home.visit");
        var memory = Decider.decide(pack, first).memory();
        var soon = Decider.decide(pack, at(first.after(memory), NOON.plusSeconds(50)));
        var later = Decider.decide(pack, at(first.after(memory), NOON.plusSeconds(600)));

        assertThat(soon.memory()).isEqualTo(memory);
        assertThat(Objects.requireNonNull(later.memory().kept().get("home.visit"))
                        .untilMillis())
                .isEqualTo(NOON.plusSeconds(600 + 1_800).toEpochMilli());
    }

    @Test
    void whatIsKeptGoesWhenItMustNotBeShownAnyMore() {
        var pack = pack(
                "class: default",
                "{}",
                "rules: [ { id: b, show: b, where: home, until: 2026-03-01 }, { id: c, show: c, where: home, priority: low } ]");
        var kept = inputs(pack, "home.hero")
                .after(Memory.NONE.keeping(
                        "home.hero",
                        new Memory.Kept(List.of("b"), NOON.plusSeconds(60).toEpochMilli()),
                        NOON.toEpochMilli()));

        assertThat(offers(pack, kept)).containsExactly("c");
    }

    @Test
    void everyFilterHasAName() {
        assertThat(Filter.IN_ORDER.stream().map(Filter::name))
                .doesNotHaveDuplicates()
                .isNotEmpty();
    }
}
