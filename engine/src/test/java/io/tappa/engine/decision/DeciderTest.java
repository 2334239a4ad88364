package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeciderTest {
    private static final ZoneId ROME = ZoneId.of("Europe/Rome");
    private static final Instant NOON = at("2026-03-02T12:00");

    private static final String OFFERS = """
            offers:
              cheap:    { value: 1.00, content: { site: { it: { title: Poco }, en: { title: Little } } } }
              dear:     { value: 9.00, group: big, content: { site: { it: { title: Tanto }, en: { title: Much } } } }
              also:     { value: 9.00, group: big, content: { site: { it: { title: Anche } } } }
              gap:      { value: 5.00, content: { site: { it: { title: "Ancora {basket gap} €" }, en: { title: "{basket gap} € to go", text: "{home country}" } } } }
              spring:   { value: 2.00, from: 2026-03-29, until: 2026-03-29, content: { site: { it: { title: Primavera } } } }
              standby:  { content: { site: { it: { title: Ciao }, en: { title: Hello } } } }
            """;

    private static Instant at(String local) {
        return LocalDateTime.parse(local).atZone(ROME).toInstant();
    }

    /** A pack with one page of two slots and these rules. */
    private static PackSnapshot pack(String policy, String... rules) {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [it, en], journey: shop }");
        files.put("facts.yaml", """
                facts:
                  cartValue: { label: basket value, type: money, from: context.basket }
                  gap:       { label: basket gap, type: money, upTo: 80, of: cartValue }
                  country:   { label: home country, type: word, from: context.country }
                """);
        files.put("touchpoints.yaml", """
                touchpoints:
                  home:
                    channel: site
                    placements:
                      hero: { content: { title: { type: text, required: yes } }, fallback: standby }
                      side: { content: { title: { type: text, required: yes } } }
                      foot: { content: { title: { type: text, required: yes } }, fallback: standby }
                """);
        files.put("offers.yaml", OFFERS);
        files.put("journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {} } }");
        files.put("decisions/rules.yaml", "rules:\n  - " + String.join("\n  - ", rules) + "\n");
        files.put("contact-policy.yaml", "not more often than: [ " + policy + " ]");
        var result = PackReader.read(new PackFiles(files));
        assertThat(result.problems()).extracting(Problem::severity).doesNotContain(Problem.Severity.ERROR);
        return Objects.requireNonNull(result.snapshot());
    }

    private static String show(String id, String offer, String more) {
        return "{ id: %s, where: home, show: %s%s }".formatted(id, offer, more);
    }

    /** Somebody at the home page. */
    private record Visit(PackSnapshot pack, Instant now, SortedMap<String, String> context, Memory memory) {
        static Visit of(PackSnapshot pack) {
            return new Visit(pack, NOON, new TreeMap<>(), Memory.NONE);
        }

        Visit at(Instant moment) {
            return new Visit(pack, moment, context, memory);
        }

        Visit with(String name, String value) {
            var more = new TreeMap<>(context);
            more.put(name, value);
            return new Visit(pack, now, more, memory);
        }

        Visit after(Decision decision) {
            return new Visit(pack, now, context, decision.memory());
        }

        FactValues facts() {
            return pack.factsFor(VisitorState.UNSEEN, now.toEpochMilli(), "home", context);
        }

        DecisionRequest request(String... placements) {
            var home = Objects.requireNonNull(pack.touchpoints().find("home"));
            var asked = new ArrayList<Placement>();
            for (var placement : placements) {
                asked.add(Objects.requireNonNull(pack.touchpoints().placement("home." + placement)));
            }
            return new DecisionRequest(home, asked, context, now.toEpochMilli());
        }

        Inputs inputs(String... placements) {
            return Inputs.of(request(placements), facts()).after(memory);
        }

        Decision decide(String... placements) {
            return Decider.decide(pack, inputs(placements));
        }

        String because(PlacementDecision decided) {
            return Sentences.of(pack.settings()).because(decided.why(), facts());
        }

        PlacementDecision hero() {
            return decide("hero").placements().get(0);
        }
    }

    private static List<String> offers(Decision decision) {
        return decision.placements().stream()
                .map(decided -> String.valueOf(decided.offer()))
                .toList();
    }

    private static Map<String, String> verdicts(PlacementDecision decided) {
        var verdicts = new TreeMap<String, String>();
        decided.judged()
                .forEach(judged -> verdicts.put(
                        judged.candidate().rule().id(), judged.verdict().code()));
        return verdicts;
    }

    @Test
    void priorityIsStrictThenValueThenKey() {
        var valuable = Visit.of(pack("", show("a", "cheap", ""), show("b", "dear", ""), show("c", "gap", "")));
        var important = Visit.of(pack("", show("a", "cheap", ", priority: 51"), show("b", "dear", "")));
        var equal = Visit.of(pack("", show("a", "dear", ""), show("b", "also", "")));
        var twice = Visit.of(pack("", show("b", "dear", ""), show("a", "dear", "")));

        assertThat(valuable.hero().offer()).isEqualTo("dear");
        assertThat(important.hero().offer()).isEqualTo("cheap");
        assertThat(equal.hero().offer()).isEqualTo("also");
        assertThat(twice.hero().rule()).isEqualTo("a");
        assertThat(verdicts(important.hero())).isEqualTo(Map.of("a", "chosen", "b", "outranked"));
    }

    @ParameterizedTest(name = "never show {0}: {1}")
    @CsvSource({"dear, cheap", "big, cheap", "site, null", "cheap, dear"})
    void whatMustNeverBeShownIsNotShown(String what, String shown) {
        var visit = Visit.of(pack(
                "",
                show("a", "dear", ""),
                show("b", "cheap", ""),
                "{ id: keep, never show: %s, priority: low }".formatted(what)));

        assertThat(offers(visit.decide("hero"))).containsExactly(shown);
    }

    @Test
    void whatMustNeverBeShownIsNoFallbackEither() {
        var visit = Visit.of(pack(
                "",
                show("a", "dear", ", if: { home country: IT }"),
                "{ id: keep, never show: standby, where: home.hero }"));

        assertThat(offers(visit.decide("hero", "foot"))).containsExactly("null", "standby");
    }

    @Test
    void neverShowHoldsOnlyWhereWhenAndForWhomItSays() {
        var pack = pack(
                "",
                show("a", "dear", ""),
                "{ id: place, never show: dear, where: home.side }",
                "{ id: date, never show: dear, where: home.hero, until: 2026-03-01 }",
                "{ id: person, never show: dear, where: home.hero, if: { home country: DE } }");

        var italian = Visit.of(pack).with("country", "IT");
        assertThat(offers(italian.decide("hero"))).containsExactly("dear");
        assertThat(offers(italian.decide("side"))).containsExactly("null");
        var early = italian.at(at("2026-03-01T23:59"));
        assertThat(verdicts(early.hero())).containsEntry("a", "never-show");
        assertThat(early.because(early.hero())).isEqualTo("kept away by the rule date");
        var german = Visit.of(pack).with("country", "DE");
        assertThat(verdicts(german.hero())).containsEntry("a", "never-show");
        assertThat(offers(Visit.of(pack).decide("hero"))).containsExactly("dear");
    }

    @Test
    void nothingStandsTwiceOnAPage() {
        var visit = Visit.of(pack("", show("a", "dear", ""), show("b", "cheap", ", priority: low")));

        var decision = visit.decide("hero", "side", "foot");

        assertThat(offers(decision)).containsExactly("dear", "cheap", "standby");
        assertThat(verdicts(decision.placements().get(1))).isEqualTo(Map.of("a", "already-on-page", "b", "chosen"));
        assertThat(visit.because(decision.placements().get(2))).isEqualTo("already shown at home.hero");
    }

    @Test
    void aFallbackStandsOnlyOnceOnAPageToo() {
        var shownByRule = Visit.of(pack("", show("a", "standby", "")));
        var shownTwice = Visit.of(pack("", show("a", "dear", ", if: { home country: IT }")));

        assertThat(offers(shownByRule.decide("side", "hero"))).containsExactly("standby", "null");
        assertThat(offers(shownTwice.decide("hero", "foot"))).containsExactly("standby", "null");
    }

    @Test
    void theFallbackIsFlaggedAndSaysWhy() {
        var visit = Visit.of(pack("", show("a", "dear", ", if: { home country: IT }")));

        var nobody = visit.hero();
        var side = visit.decide("side").placements().get(0);

        assertThat(nobody.offer()).isEqualTo("standby");
        assertThat(nobody.fallback()).isTrue();
        assertThat(nobody.rule()).isNull();
        assertThat(visit.because(nobody)).isEqualTo("no rule matched");
        assertThat(side.offer()).isNull();
        assertThat(side.fallback()).isFalse();
        assertThat(visit.with("country", "IT").hero().fallback()).isFalse();
    }

    @Test
    void withoutTimeOnlyTheFallbacksAreTaken() {
        var visit = Visit.of(pack("", show("a", "dear", "")));

        var decision = Decider.fallback(visit.pack(), visit.inputs("hero", "side"), "out of time");

        assertThat(offers(decision)).containsExactly("standby", "null");
        assertThat(decision.placements()).extracting(visit::because).containsOnly("degraded: out of time");
        assertThat(decision.memory()).isEqualTo(Memory.NONE);
    }

    @Test
    void aRollingCapCountsBackFromThisMoment() {
        var first = Visit.of(pack("{ offer: dear, times: 2, per: 24 hours }", show("a", "dear", "")));
        var second = first.after(first.decide("hero")).at(NOON.plusSeconds(3_600));
        var third = second.after(second.decide("hero"));

        assertThat(offers(second.decide("hero"))).containsExactly("dear");
        assertThat(offers(third.decide("hero"))).containsExactly("standby");
        assertThat(third.because(third.hero()))
                .isEqualTo(
                        "capped: offer dear at most 2× per 1 day; 2 of 2 are used, the next is possible on 2026-03-03 12:00");
        assertThat(offers(third.at(NOON.plusSeconds(86_400).minusMillis(1)).decide("hero")))
                .containsExactly("standby");
        assertThat(offers(third.at(NOON.plusSeconds(86_400)).decide("hero"))).containsExactly("dear");
    }

    @ParameterizedTest(name = "per calendar {0}: {2} still counts, {3} no longer")
    @CsvSource({
        "day, 2026-03-02T00:00, 2026-03-02T23:59:59.999, 2026-03-03T00:00",
        "day, 2026-03-29T00:00, 2026-03-29T23:59:59.999, 2026-03-30T00:00",
        "day, 2026-10-25T02:30, 2026-10-25T23:59:59.999, 2026-10-26T00:00",
        "week, 2026-03-02T00:00, 2026-03-08T23:59:59.999, 2026-03-09T00:00",
        "month, 2026-02-01T00:00, 2026-02-28T23:59:59.999, 2026-03-01T00:00",
        "month, 2026-12-31T23:59, 2026-12-31T23:59:59.999, 2027-01-01T00:00"
    })
    void aCalendarCapBeginsAnewAtMidnightInTheZone(String unit, String shown, String still, String again) {
        var pack = pack("{ offer: dear, times: 1, per: calendar %s }".formatted(unit), show("a", "dear", ""));
        var first = Visit.of(pack).at(at(shown));
        var later = first.after(first.decide("hero"));

        assertThat(offers(later.at(at(still)).decide("hero"))).containsExactly("standby");
        assertThat(offers(later.at(at(again)).decide("hero"))).containsExactly("dear");
    }

    @Test
    void capsCountGroupsAndChannelsWithinOnePageToo() {
        var group = pack("{ group: big, times: 1, per: 1 day }", show("a", "dear", ""), show("b", "also", ""));
        var channel = pack("{ channel: site, times: 1, per: 1 day }", show("a", "dear", ""), show("b", "cheap", ""));
        var all = pack("{ times: 1, per: 1 day }", show("a", "dear", ""), show("b", "cheap", ""));

        assertThat(offers(Visit.of(group).decide("side", "hero"))).containsExactly("also", "standby");
        assertThat(offers(Visit.of(channel).decide("side", "hero"))).containsExactly("dear", "standby");
        assertThat(offers(Visit.of(all).decide("side", "hero"))).containsExactly("dear", "standby");
    }

    @Test
    void onlyWhatWasChosenCounts() {
        var visit =
                Visit.of(pack("{ offer: cheap, times: 1, per: 1 day }", show("a", "dear", ""), show("b", "cheap", "")));

        assertThat(visit.decide("hero").memory()).isSameAs(visit.memory());
        assertThat(visit.decide("hero", "side").memory()).isNotEqualTo(visit.memory());
    }

    @Test
    void aTextThatNeedsAnUnknownFactIsNotShown() {
        var visit = Visit.of(pack("", show("a", "gap", "")));

        var unknown = visit.hero();
        var known = visit.with("basket", "62.5").hero();

        assertThat(verdicts(unknown)).containsEntry("a", "content");
        assertThat(visit.because(unknown)).isEqualTo("the text of gap needs \"basket gap\", which is unknown");
        assertThat(known.content()).containsEntry("title", "Ancora 17,50 €");
        assertThat(visit.with("basket", "90").hero().content()).containsEntry("title", "Ancora 0,00 €");
    }

    @ParameterizedTest(name = "wanted {0}: {1}")
    @CsvSource({
        "it, it, Poco",
        "en, en, Little",
        "en-GB, en, Little",
        "EN, en, Little",
        "en_US, en, Little",
        "de, it, Poco",
        "'', it, Poco",
        ", it, Poco"
    })
    void theLanguageIsTheWantedOneElseItsBaseElseThePacksFirst(String wanted, String language, String title) {
        var visit = Visit.of(pack("", show("a", "cheap", "")));

        var hero = (wanted == null ? visit : visit.with("language", wanted)).hero();

        assertThat(hero.language()).isEqualTo(language);
        assertThat(hero.content()).containsEntry("title", title);
    }

    @Test
    void anOfferWithoutTheWantedLanguageComesInThePacksOwn() {
        var visit = Visit.of(pack("", show("a", "also", ""))).with("language", "en");

        assertThat(visit.hero().language()).isEqualTo("it");
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({
        "2026-03-28T23:59:59.999, standby",
        "2026-03-29T00:00, spring",
        "2026-03-29T23:59:59.999, spring",
        "2026-03-30T00:00, standby"
    })
    void anOfferIsOpenOnItsDaysAlsoWhenClocksChange(String moment, String offer) {
        var visit = Visit.of(pack("", show("a", "spring", ""))).at(at(moment));

        assertThat(offers(visit.decide("hero"))).containsExactly(offer);
        if (offer.equals("standby")) {
            assertThat(verdicts(visit.hero())).containsEntry("a", "offer-dates");
        }
    }

    @ParameterizedTest(name = "at {0}: {1}")
    @CsvSource({
        "2026-03-02T07:59:59.999, rule-dates",
        "2026-03-02T08:00, chosen",
        "2026-03-03T23:59:59.999, chosen",
        "2026-03-04T00:00, rule-dates"
    })
    void aRuleCountsFromItsMomentToTheEndOfItsLastDay(String moment, String verdict) {
        var visit = Visit.of(pack("", show("a", "dear", ", from: 2026-03-02 08:00, until: 2026-03-03")))
                .at(at(moment));

        assertThat(verdicts(visit.hero())).containsEntry("a", verdict);
    }

    @Test
    void theSameInputsGiveTheSameDigestAndOthersAnother() {
        var pack = pack("", show("a", "dear", ", if: { home country: IT }"), show("b", "gap", ""));
        var visit = Visit.of(pack).with("basket", "62");

        var once = visit.decide("hero", "side").digest();

        assertThat(visit.decide("hero", "side").digest()).isEqualTo(once).hasSize(16);
        assertThat(Visit.of(pack("", show("a", "dear", ", if: { home country: IT }"), show("b", "gap", "")))
                        .with("basket", "62")
                        .decide("hero", "side")
                        .digest())
                .isEqualTo(once);
        assertThat(visit.decide("side", "hero").digest()).isNotEqualTo(once);
        assertThat(visit.with("country", "IT").decide("hero", "side").digest()).isNotEqualTo(once);
        assertThat(visit.with("basket", "63").decide("hero", "side").digest()).isNotEqualTo(once);
        assertThat(visit.with("language", "en").decide("hero", "side").digest()).isNotEqualTo(once);
    }
}
