package io.tappa.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackReader;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.visitor.VisitorState;
import java.time.Instant;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One visitor, one page, and what is said of each rule, in both languages. */
class SentencesTest {
    private static final long NOW = Instant.parse("2026-03-02T10:00:00Z").toEpochMilli();
    private static final PackSnapshot PACK = pack();

    @Test
    void everySentenceIsThereInBothLanguages() {
        assertThat(Texts.keys(Locale.ITALIAN)).containsExactlyInAnyOrderElementsOf(Texts.keys(Locale.ENGLISH));
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "wins     | en | The best rule (priority 75)",
                "wins     | it | The best rule (priorità 75)",
                "basket   | en | the rule basket does not match: basket value is 62 EUR and must be at least 80 EUR (18 EUR more would do)",
                "basket   | it | la regola basket non si applica: basket value è 62 EUR e deve essere almeno 80 EUR (basterebbero 18 EUR in più)",
                "gap      | en | the rule gap does not match: basket gap is 18 EUR and must be at most 5 EUR (basket value: 13 EUR more would do)",
                "idle     | en | the rule idle does not match: idle time is unknown and must be at least 2 hours",
                "idle     | it | la regola idle non si applica: idle time non è noto e deve essere almeno 2 ore",
                "soon     | en | the rule soon does not match: idle time is unknown and must be at most 1 hour",
                "soon     | it | la regola soon non si applica: idle time non è noto e deve essere al massimo 1 ora",
                "both     | it | la regola both non si applica: persona è blue e red e deve essere green",
                "none     | it | la regola none non si applica: segment è nessuno e deve essere away",
                "words    | en | the rule words does not match: card is unknown and must be yes, and home country is IT and must be DE or FR",
                "words    | it | la regola words non si applica: card non è noto e deve essere sì e home country è IT e deve essere DE o FR",
                "between  | en | the rule between does not match: basket value is 62 EUR and must be 10 EUR to 20 EUR or at least 90 EUR (28 EUR more would do)",
                "later    | en | the rule later does not count on this date; it begins on 2026-04-01",
                "over     | it | la regola over non vale in questa data; è finita il 2026-02-01",
                "spring   | it | l'offerta spring non è aperta in questa data; comincia il 2026-03-20",
                "kept     | en | kept away by the rule keeps (it would have to stop matching: home country is IT and must be not IT)",
                "above    | en | kept away by the rule keeps-above (it would have to stop matching: visits is 5 and must be at most 2)",
                "above    | it | la regola keeps-above lo esclude (dovrebbe non applicarsi più: visits è 5 e deve essere al massimo 2)",
                "below    | en | kept away by the rule keeps-below (it would have to stop matching: basket value is 62 EUR and must be at least 80 EUR)",
                "middle   | en | kept away by the rule keeps-middle (it would have to stop matching: visits is 5 and must be at least 7)",
                "gapped   | en | kept away by the rule keeps-low or keeps-high (it would have to stop matching: basket value is 62 EUR and must be 70 EUR to 80 EUR)",
                "only     | en | kept away by the rule keeps-only (it would have to stop matching: mark is 9 and must be 10)",
                "recent   | en | kept away by the rule keeps-recent (it would have to stop matching: joined is 2026-02-05 and must be before 2026-01-31)",
                "ends     | en | the offer ends is not open on this date; it ended on 2026-03-02 10:30",
                "days     | it | solo dalle 18:00 alle 24:00 di lunedì, domenica, e là sono le 11:00 (la prossima volta il 2026-03-02 18:00)",
                "weekend  | it | solo sabato, e là sono le 11:00 (la prossima volta il 2026-03-07)",
                "since    | it | la regola since non si applica: joined è 2026-02-05 e deve essere da non più di 1 giorno",
                "low      | en | outranked by wins (the priority 76 would do)",
                "equal    | en | outranked by wins (a value of 9.01 EUR would do)",
                "textless | en | the text of textless needs \"card\", which is unknown",
            })
    void saysWhy(String rule, String language, String sentence) {
        var sentences = Sentences.of(PACK.settings(), LanguageRange.parse(language));

        assertThat(sentences.because(verdict(rule), facts())).isEqualTo(sentence);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "it-CH, superato da wins",
        "'de, it;q=0.5', superato da wins",
        "fr, outranked by wins",
        "'en, it', outranked by wins"
    })
    void speaksTheLanguageThatFitsBest(String wanted, String begins) {
        var sentences = Sentences.of(PACK.settings(), LanguageRange.parse(wanted));

        assertThat(sentences.because(verdict("low"), facts())).startsWith(begins);
    }

    private static FactValues facts() {
        var context = new TreeMap<>(
                Map.of("basket", "62", "country", "IT", "visits", "5", "mark", "9", "joined", "2026-02-05"));
        return PACK.factsFor(VisitorState.UNSEEN, NOW, "home", context);
    }

    private static Verdict verdict(String rule) {
        var home = Objects.requireNonNull(PACK.touchpoints().find("home"));
        var request = new DecisionRequest(home, home.placements(), new TreeMap<>(), NOW);
        var decided =
                Decider.decide(PACK, Inputs.of(request, facts())).placements().get(0);
        return Stream.concat(
                        decided.judged().stream(),
                        Explanation.missed(PACK, facts(), home.placements().get(0)).stream())
                .filter(judged -> judged.candidate().rule().id().equals(rule))
                .map(Judged::verdict)
                .findFirst()
                .orElseThrow();
    }

    private static PackSnapshot pack() {
        var result = PackReader.read(new PackFiles(new TreeMap<>(Map.of(
                "pack.yaml",
                "{ pack: lab, zone: Europe/Rome, currency: EUR, languages: [en], journey: shop }",
                "facts.yaml",
                """
                        facts:
                          basket:  { label: basket value, type: money, from: context.basket }
                          gap:     { label: basket gap, type: money, upTo: 80, of: basket }
                          idle:    { label: idle time, type: number, unit: hours, since: any event }
                          country: { label: home country, type: word, from: context.country }
                          card:    { type: yesno, from: context.card }
                          visits:  { type: whole, from: context.visits }
                          mark:    { type: whole, range: 0 to 10, from: context.mark }
                          joined:  { type: date, from: context.joined }
                        """,
                "personas.yaml",
                "personas: { red: { if: { visits: 5 } }, blue: { if: { mark: 9 } }, green: { if: { visits: 6 } } }",
                "segments.yaml",
                "segments: { away: { if: { home country: FR } } }",
                "touchpoints.yaml",
                "touchpoints: { home: { channel: site, placements: { hero: { content: { title: { type: text } } } } } }",
                "offers.yaml",
                """
                        offers:
                          best:     { value: 9.00, content: { site: { en: { title: Best } } } }
                          dear:     { value: 9.00, content: { site: { en: { title: Dear } } } }
                          kept:     { content: { site: { en: { title: Kept } } } }
                          ends:     { until: 2026-03-02 10:30, content: { site: { en: { title: Ends } } } }
                          days:     { hours: 18:00 to 24:00, days: [ monday, sunday ], content: { site: { en: { title: Days } } } }
                          weekend:  { days: [ saturday ], content: { site: { en: { title: Days } } } }
                          above:    { group: above, content: { site: { en: { title: Above } } } }
                          below:    { content: { site: { en: { title: Below } } } }
                          middle:   { content: { site: { en: { title: Middle } } } }
                          gapped:   { content: { site: { en: { title: Gapped } } } }
                          only:     { content: { site: { en: { title: Only } } } }
                          recent:   { content: { site: { en: { title: Recent } } } }
                          spring:   { from: 2026-03-20, content: { site: { en: { title: Spring } } } }
                          textless: { content: { site: { en: { title: "{card}" } } } }
                        """,
                "journeys/shop.yaml",
                "{ journey: shop, start: one, stages: { one: {} } }",
                "decisions/rules.yaml",
                """
                        rules:
                          - { id: wins, rule: The best rule, where: home, show: best, priority: high }
                          - { id: low, where: home, show: dear, priority: low }
                          - { id: equal, where: home, show: dear, priority: high }
                          - { id: basket, where: home, show: dear, if: { basket value: at least 80 } }
                          - { id: gap, where: home, show: dear, if: { basket gap: at most 5 } }
                          - { id: idle, where: home, show: dear, if: { idle time: at least 2 } }
                          - { id: soon, where: home, show: dear, if: { idle time: at most 1 } }
                          - { id: both, where: home, show: dear, if: { persona: green } }
                          - { id: none, where: home, show: dear, if: { segment: away } }
                          - { id: words, where: home, show: dear, if: { home country: DE or FR, card: yes } }
                          - { id: between, where: home, show: dear, if: { basket value: 10 to 20 or at least 90 } }
                          - { id: later, where: home, show: dear, priority: must, from: 2026-04-01 }
                          - { id: over, where: home, show: dear, priority: must, until: 2026-02-01 }
                          - { id: spring, where: home, show: spring, priority: must }
                          - { id: kept, where: home, show: kept, priority: must }
                          - { id: keeps, where: home, never show: kept, if: { home country: IT } }
                          - { id: ends, where: home, show: ends, priority: must }
                          - { id: days, where: home, show: days, priority: must }
                          - { id: weekend, where: home, show: weekend, priority: must }
                          - { id: above, where: home, show: above, priority: must }
                          - { id: below, where: home, show: below, priority: must }
                          - { id: middle, where: home, show: middle, priority: must }
                          - { id: gapped, where: home, show: gapped, priority: must }
                          - { id: only, where: home, show: only, priority: must }
                          - { id: recent, where: home, show: recent, priority: must }
                          - { id: since, where: home, show: dear, if: { joined: in the last 1 day } }
                          - { id: keeps-above, where: home, never show: above, if: { visits: at least 3 } }
                          - { id: keeps-below, where: home, never show: below, if: { basket value: less than 80 } }
                          - { id: keeps-middle, where: home, never show: middle, if: { visits: 2 to 6 } }
                          - { id: keeps-low, where: home, never show: gapped, if: { basket value: less than 70 } }
                          - { id: keeps-high, where: home, never show: gapped, if: { basket value: less than 65 or more than 80 } }
                          - { id: keeps-only, where: home, never show: only, if: { mark: at most 9 } }
                          - { id: keeps-recent, where: home, never show: recent, if: { joined: in the last 30 days } }
                          - { id: textless, where: home, show: textless, priority: must }
                        """))));
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }
}
