package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.arbitration.Propensities;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import io.tappa.engine.visitor.Memory;
import io.tappa.engine.visitor.VisitorState;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Some days of one visitor, and the paragraph on one offer, in both languages. */
class WhyNotTest {
    private static final Lots HELD_OUT = new Lots(new TreeMap<>(), new TreeSet<>(Set.of(Lots.EVERYTHING)));
    private static final PackSnapshot PACK = pack();

    /** One decision: when, with which basket, and what was drawn and holds around. */
    private record Visit(String at, String place, int basket, Lots lots, Surroundings around) {
        static Visit of(String at, int basket) {
            return new Visit(at, "home.hero", basket, Lots.NONE, Surroundings.NONE);
        }

        Visit at(String other) {
            return new Visit(at, other, basket, lots, around);
        }

        Visit with(Lots other) {
            return new Visit(at, place, basket, other, around);
        }

        Visit paused(String what) {
            var pause = new Pause(what, "wrong price", 0, Long.MAX_VALUE, "me");
            var surroundings = new Surroundings(Pauses.NONE.with(pause), Propensities.NONE, new TreeSet<>());
            return new Visit(at, place, basket, lots, surroundings);
        }

        Visit soldOut(String product) {
            var surroundings = new Surroundings(Pauses.NONE, Propensities.NONE, new TreeSet<>(Set.of(product)));
            return new Visit(at, place, basket, lots, surroundings);
        }
    }

    private static long millis(String local) {
        return LocalDateTime.parse(local)
                .atZone(PACK.settings().zone())
                .toInstant()
                .toEpochMilli();
    }

    private static WhyNot nothing(String offer) {
        var placements = Fate.placements(PACK, offer);
        return WhyNot.nothing(
                new WhyNot.Asked(offer, millis("2026-03-02T00:00"), millis("2026-03-04T12:30"), placements));
    }

    /** All visits one after the other; each is decided on what the one before left. */
    private static WhyNot after(String offer, List<Visit> visits) {
        var whyNot = nothing(offer);
        var memory = Memory.NONE;
        for (var visit : visits) {
            var placement = Objects.requireNonNull(PACK.touchpoints().placement(visit.place()));
            var touchpoint = Objects.requireNonNull(PACK.touchpoints().find(placement.touchpoint()));
            long at = millis(visit.at());
            var context = new TreeMap<>(Map.of("basket", Integer.toString(visit.basket())));
            var facts = PACK.factsFor(VisitorState.UNSEEN, at, touchpoint.key(), context);
            var request = new DecisionRequest(touchpoint, List.of(placement), context, at);
            var inputs = new Inputs(request, facts, memory, Permissions.UNSAID, visit.lots(), visit.around());
            var decision = Decider.decide(PACK, inputs);
            whyNot = whyNot.plus(PACK, inputs, decision);
            memory = decision.memory();
        }
        return whyNot;
    }

    private static String said(WhyNot whyNot, String language) {
        return new Paragraph(PACK.settings(), LanguageRange.parse(language)).of(whyNot);
    }

    static Stream<Arguments> kinds() {
        var poor = Visit.of("2026-03-02T10:00", 40);
        var better = Visit.of("2026-03-02T11:00", 45);
        var good = Visit.of("2026-03-03T10:00", 60);
        var rich = Visit.of("2026-03-03T12:00", 150);
        return Stream.of(
                Arguments.of(
                        "never came",
                        "voucher",
                        List.of(poor.at("letter.body")),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher never came into question: no decision for this"
                                + " visitor at home.hero is on record.",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher non è mai entrata in gioco: non risulta nessuna"
                                + " decisione per questo visitatore in home.hero."),
                Arguments.of(
                        "no rule",
                        "plain",
                        List.of(),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer plain never came into question: no rule shows it.",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta plain non è mai entrata in gioco: nessuna regola la"
                                + " mostra."),
                Arguments.of(
                        "never eligible, the nearest of several",
                        "voucher",
                        List.of(poor, better, poor),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher was never eligible in 3 decisions: none of its"
                                + " rules matched. The nearest it got was on 2026-03-02 11:00: the rule voucher does not match:"
                                + " basket value is 45 EUR and must be at least 50 EUR (5 EUR more would do).",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher non è mai stata ammissibile in 3 decisioni:"
                                + " nessuna delle sue regole si applicava. Ci è andata più vicina il 2026-03-02 11:00: la regola"
                                + " voucher non si applica: basket value è 45 EUR e deve essere almeno 50 EUR (basterebbero 5 EUR"
                                + " in più)."),
                Arguments.of(
                        "lost",
                        "voucher",
                        List.of(rich, rich),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher was not shown in 2 decisions. 2 times it lost to"
                                + " gift, last on 2026-03-03 12:00: outranked by gift (the priority 76 would do).",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher non è stata mostrata in 2 decisioni. 2 volte ha"
                                + " perso contro gift, l'ultima il 2026-03-03 12:00: superato da gift (basterebbe la priorità"
                                + " 76)."),
                Arguments.of(
                        "held out",
                        "voucher",
                        List.of(good.with(HELD_OUT)),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher was not shown in 1 decision. Once this kept it"
                                + " away, on 2026-03-03 10:00: held back to measure what all offers bring.",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher non è stata mostrata in 1 decisione. Una volta"
                                + " l'ha fermata questo, il 2026-03-03 10:00: trattenuto per misurare che cosa portano tutte le"
                                + " offerte."),
                Arguments.of(
                        "shown, then capped",
                        "voucher",
                        List.of(good, good, Visit.of("2026-03-04T08:00", 60)),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher was shown once in 3 decisions, on 2026-03-03"
                                + " 10:00. 2 times this kept it away, last on 2026-03-04 08:00: capped: offer voucher at most 1× per"
                                + " 1 week; 1 of 1 are used, the next is possible on 2026-03-10 10:00.",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher è stata mostrata una volta in 3 decisioni, il"
                                + " 2026-03-03 10:00. 2 volte l'ha fermata questo, l'ultima il 2026-03-04 08:00: limite raggiunto:"
                                + " offerta voucher al massimo 1× in 1 settimana; usati 1 di 1, il prossimo è possibile il 2026-03-10 10:00."),
                Arguments.of(
                        "paused",
                        "voucher",
                        List.of(good.paused("offer:voucher")),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher was not shown in 1 decision. Once this kept it"
                                + " away, on 2026-03-03 10:00: paused (offer:voucher): wrong price.",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher non è stata mostrata in 1 decisione. Una volta"
                                + " l'ha fermata questo, il 2026-03-03 10:00: in pausa (offer:voucher): wrong price."),
                Arguments.of(
                        "the most frequent first, and what is rare only counted",
                        "voucher",
                        List.of(
                                poor,
                                rich,
                                rich,
                                good.paused("everything"),
                                good.soldOut("p-1"),
                                good.with(HELD_OUT),
                                good.with(HELD_OUT),
                                good.with(HELD_OUT)),
                        "From 2026-03-02 to 2026-03-04 12:30 the offer voucher was not shown in 8 decisions. 3 times this kept"
                                + " it away, last on 2026-03-03 10:00: held back to measure what all offers bring. 2 times it lost"
                                + " to gift, last on 2026-03-03 12:00: outranked by gift (the priority 76 would do). Once none of"
                                + " its rules matched; the nearest it got was on 2026-03-02 10:00: the rule voucher does not"
                                + " match: basket value is 40 EUR and must be at least 50 EUR (10 EUR more would do). Once this"
                                + " kept it away, on 2026-03-03 10:00: the product p-1 is not in stock. Once it was something"
                                + " else.",
                        "Dal 2026-03-02 al 2026-03-04 12:30 l'offerta voucher non è stata mostrata in 8 decisioni. 3 volte l'ha"
                                + " fermata questo, l'ultima il 2026-03-03 10:00: trattenuto per misurare che cosa portano tutte"
                                + " le offerte. 2 volte ha perso contro gift, l'ultima il 2026-03-03 12:00: superato da gift"
                                + " (basterebbe la priorità 76). Una volta nessuna delle sue regole si applicava; ci è andata più"
                                + " vicina il 2026-03-02 10:00: la regola voucher non si applica: basket value è 40 EUR e deve"
                                + " essere almeno 50 EUR (basterebbero 10 EUR in più). Una volta l'ha fermata questo, il"
                                + " 2026-03-03 10:00: il prodotto p-1 non è disponibile. Una volta è stato altro."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    void tellsItInOneParagraph(String kind, String offer, List<Visit> visits, String english, String italian) {
        var whyNot = after(offer, visits);

        assertThat(said(whyNot, "en")).isEqualTo(english);
        assertThat(said(whyNot, "it")).isEqualTo(italian);
    }

    @Test
    void whatCannotBeMadeAgainIsOnlyCounted() {
        var untold = nothing("voucher").plusUnjudged().plusUnjudged();
        var one = after("voucher", List.of(Visit.of("2026-03-03T10:00", 60))).plusUnjudged();

        assertThat(untold.decisions()).isZero();
        assertThat(said(untold, "en"))
                .isEqualTo(
                        "From 2026-03-02 to 2026-03-04 12:30 nothing can be told of the offer voucher. 2 decisions could not"
                                + " be judged, since what they depended on is not known here any more.");
        assertThat(said(untold, "it"))
                .isEqualTo(
                        "Dal 2026-03-02 al 2026-03-04 12:30 non si può dire nulla dell'offerta voucher. 2 decisioni non si"
                                + " sono potute giudicare, perché qui non si conosce più ciò da cui dipendevano.");
        assertThat(said(one, "en"))
                .endsWith(
                        "was shown once in 1 decision, on 2026-03-03 10:00. 1 decision could not be judged, since what"
                                + " it depended on is not known here any more.");
    }

    @Test
    void theOrderInWhichDecisionsAreFoldedDoesNotMatter() {
        var visits = new ArrayList<>(List.of(
                Visit.of("2026-03-02T10:00", 45),
                Visit.of("2026-03-02T11:00", 45),
                Visit.of("2026-03-02T12:00", 10),
                Visit.of("2026-03-02T13:00", 150)));
        var forth = said(after("voucher", visits), "en");

        Collections.reverse(visits);

        assertThat(said(after("voucher", visits), "en")).isEqualTo(forth);
        assertThat(forth).contains("3 times none of its rules matched; the nearest it got was on 2026-03-02 11:00");
    }

    @Test
    void aFallbackThatStandsInCountsAsShown() {
        var whyNot = after("plain", List.of(Visit.of("2026-03-03T10:00", 10).paused("rule:small")));

        assertThat(whyNot.shown()).isEqualTo(1);
        assertThat(whyNot.blockers()).isEmpty();
    }

    @Test
    void theOfferThatWonMostOftenIsNamed() {
        var whyNot = after(
                "small",
                List.of(
                        Visit.of("2026-03-03T10:00", 60),
                        Visit.of("2026-03-03T11:00", 150),
                        Visit.of("2026-03-03T12:00", 150)));

        assertThat(whyNot.blockers()).singleElement().satisfies(lost -> {
            assertThat(lost.filter()).isEqualTo("outranked");
            assertThat(lost.decisions()).isEqualTo(3);
            assertThat(lost.winner()).isEqualTo("gift");
            assertThat(lost.winners()).isEqualTo(new TreeMap<>(Map.of("gift", 2L, "voucher", 1L)));
        });
        assertThat(said(whyNot, "en")).contains("3 times it lost, most often to gift; last on 2026-03-03 12:00:");
        assertThat(said(whyNot, "it")).contains("3 volte ha perso, il più delle volte contro gift; l'ultima il");
    }

    @Test
    void aHistogramCountsPeopleByWhereTheOfferIsLostForThem() {
        var histogram = new Histogram();
        var visits = List.of(
                Visit.of("2026-03-03T10:00", 10),
                Visit.of("2026-03-03T10:00", 20),
                Visit.of("2026-03-03T10:00", 60),
                Visit.of("2026-03-03T10:00", 150),
                Visit.of("2026-03-03T10:00", 60).soldOut("p-1"));

        for (var visit : visits) {
            after("voucher", List.of(visit)).blockers().forEach(lost -> histogram.add(lost.told()));
        }

        assertThat(histogram.people()).isEqualTo(4);
        assertThat(histogram.shown()).isZero();
        assertThat(histogram.bars())
                .extracting(Histogram.Bar::filter, Histogram.Bar::people, Histogram.Bar::withoutIt)
                .containsExactly(
                        Tuple.tuple("conditions", 2L, 2L),
                        Tuple.tuple("stock", 1L, 0L),
                        Tuple.tuple("outranked", 1L, 0L));
        assertThat(Objects.requireNonNull(histogram.bars().get(0).missing()).id())
                .isEqualTo("basket");
    }

    @Test
    void everyVerdictHasAStep() {
        assertThat(Steps.IN_ORDER)
                .startsWith("conditions", "rule-dates")
                .contains("consent", "cap", "paused", "pressure")
                .endsWith("already-on-page", "budget", "codes", "outranked", "kept", "held-out", "experiment")
                .doesNotHaveDuplicates();
        assertThat(Steps.of(new Verdict.NoConsent(List.of(new Permissions.Lack("email", null)))))
                .isEqualTo("consent");
    }

    private static PackSnapshot pack() {
        var files = new TreeMap<String, String>();
        files.put("pack.yaml", "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }");
        files.put("facts.yaml", "facts: { basket: { label: basket value, type: money, from: context.basket } }");
        files.put("touchpoints.yaml", """
                touchpoints:
                  home:   { channel: site, placements: { hero: { fallback: plain } } }
                  letter: { channel: email, placements: { body: {} } }
                """);
        files.put("offers.yaml", """
                offers:
                  plain:   { content: { site: { en: { title: P } } } }
                  voucher: { value: 5.00, product: [p-1], content: { site: { en: { title: V } } } }
                  gift:    { value: 9.00, content: { site: { en: { title: G } } } }
                  small:   { value: 1.00, content: { site: { en: { title: S } } } }
                """);
        files.put("journeys/shop.yaml", "{ journey: shop, start: one, stages: { one: {} } }");
        files.put("decisions/rules.yaml", """
                rules:
                  - { id: voucher, where: home, show: voucher, if: { basket value: at least 50 } }
                  - { id: gift, where: home, show: gift, priority: high, if: { basket value: at least 100 } }
                  - { id: small, where: home, show: small, priority: low }
                """);
        files.put("contact-policy.yaml", """
                not more often than: [ { offer: voucher, times: 1, per: 7 days } ]
                hold back: { share: 5 %, shows: fallback }
                """);
        var result = PackReader.read(new PackFiles(files));
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }
}
