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
        assertThat(Sentences.keys(Locale.ITALIAN)).containsExactlyInAnyOrderElementsOf(Sentences.keys(Locale.ENGLISH));
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
                "words    | en | the rule words does not match: card is unknown and must be yes, and home country is IT and must be DE or FR",
                "words    | it | la regola words non si applica: card non è noto e deve essere sì e home country è IT e deve essere DE o FR",
                "between  | en | the rule between does not match: basket value is 62 EUR and must be 10 EUR to 20 EUR or at least 90 EUR (28 EUR more would do)",
                "later    | en | the rule later does not count on this date; it begins on 2026-04-01",
                "over     | it | la regola over non vale in questa data; è finita il 2026-02-02",
                "spring   | it | l'offerta spring non è aperta in questa data; comincia il 2026-03-20",
                "kept     | en | kept away by the rule keeps (it would have to stop matching: home country is IT and must be not IT)",
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
        var context = new TreeMap<>(Map.of("basket", "62", "country", "IT"));
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
                        """,
                "touchpoints.yaml",
                "touchpoints: { home: { channel: site, placements: { hero: { content: { title: { type: text } } } } } }",
                "offers.yaml",
                """
                        offers:
                          best:     { value: 9.00, content: { site: { en: { title: Best } } } }
                          dear:     { value: 9.00, content: { site: { en: { title: Dear } } } }
                          kept:     { content: { site: { en: { title: Kept } } } }
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
                          - { id: words, where: home, show: dear, if: { home country: DE or FR, card: yes } }
                          - { id: between, where: home, show: dear, if: { basket value: 10 to 20 or at least 90 } }
                          - { id: later, where: home, show: dear, priority: must, from: 2026-04-01 }
                          - { id: over, where: home, show: dear, priority: must, until: 2026-02-01 }
                          - { id: spring, where: home, show: spring, priority: must }
                          - { id: kept, where: home, show: kept, priority: must }
                          - { id: keeps, where: home, never show: kept, if: { home country: IT } }
                          - { id: textless, where: home, show: textless, priority: must }
                        """))));
        return Objects.requireNonNull(result.snapshot(), () -> result.problems().toString());
    }
}
