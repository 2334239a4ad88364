package io.tappa.engine.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.problem.Problem;
import io.tappa.engine.rule.PlainRuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One mistake gives one message: at its place, with its code, with the name of what it is in, and with a way out. */
class ProblemMessagesTest {
    private static final Map<String, String> FROM_OUTSIDE = Map.of(
            "segments.yaml", """
            segments: { locals: { if: { home country: IT } } }
            """,
            "rates.yaml", """
            rates:
              CHF: 1.05
              USD: [ { from: 2026-01-01, rate: 0.92 }, { from: 2026-02-01, rate: 0.90 } ]
            """,
            "surveys.yaml", """
            surveys:
              form: { kind: nps, score: answers.0.number, touchpoint: home, userId: hidden.user, id: token }
              poll: { kind: { from: what }, score: points, scores: { good: 5 }, email: "answers[ref=mail].text" }
            """);

    private static final Map<String, String> RULES = Map.of(
            "pack.yaml", """
            pack: shop
            owner: marketing@shop.example
            zone: Europe/Rome
            currency: EUR
            languages: [it, en]
            journey: shop
            consent:
              email: denied
            precedence: [crm, till]
            """,
            "facts.yaml", """
            facts:
              views:     { label: product views, type: whole, count: Product Viewed, within: 24 hours }
              cartValue: { label: basket value, type: money, from: cart.value }
              gap:       { label: basket gap, type: money, upTo: 80, of: cartValue }
              idle:      { label: idle time, type: number, unit: hours, since: any event }
              country:   { label: home country, type: word, trait: address.country }
              day:       { label: day of the week, type: word, from: weekday }
              touch:     { label: first touch, type: word, from: first touch }
              worth:     { label: order value, type: money, from: orders.value }
              overdue:   { type: yesno, from: goal overdue of shop }
              ropo:      { type: yesno, from: ropo, within: 9 days, shop: Milano }
            """,
            "personas.yaml", """
            personas:
              fan: { if: { product views: at least 9 } }
              owl: { if: { basket value: at least 9 } }
            """,
            "touchpoints.yaml", """
            touchpoints:
              home:
                channel: site
                placements:
                  hero: { content: { title: { type: text, required: yes } }, fallback: welcome }
              cart:
                channel: site
                placements:
                  drawer: { count: 3, keep: visit, content: { title: { type: text, required: yes } } }
              leaflet: { channel: print, offline: yes, recognisedBy: { utm: spring, code: [ LEAF10, LEAF20 ] } }
              poster:  { channel: print, offline: yes, recognisedBy: { utm: autumn, qr: poster-1 } }
            """,
            "offers.yaml", """
            offers:
              welcome:
                value: 0.20
                group: stories
                content: { site: { en: { title: Hello } } }
              shipping:
                value: 4.00
                purpose: ad_personalization
                class: transactional
                for: locals
                product: [ p-1, p-2 ]
                content: { site: { en: { title: "{basket gap} to go" } } }
            """,
            "journeys/shop.yaml", """
            journey: shop
            start: awareness
            stages: { awareness: {}, intention: { within: 7 days, ends: yes } }
            moves:
              - { id: wants, on: Product Added, from: awareness, if: { basket value: at least 1 }, to: intention }
            """,
            "decisions/cart.yaml", """
            rules:
              - id: nudge
                rule: Nudge them
                where: cart.drawer
                stage: intention
                if:
                  basket value: at least 50
                  any of: [ { persona: fan }, { idle time: 2 hours } ]
                show: shipping
                priority: high
                until: 2026-12-31
              - id: greet
                where: home
                show: welcome
            """,
            "decisions/table.csv", """
            id,where,stage,basket value,persona,verb,offer,priority
            row-one,home.hero,awareness,>=50,fan,show,welcome,high
            row-two,cart,,,,never show,stories,
            """,
            "contact-policy.yaml", """
            not more often than:
              - { offer: shipping, times: 3, per: 7 days }
              - { group: stories, times: 2, per: calendar day }
              - { channel: site, times: 9, per: 1 day }
            only one of: [ { group: stories, per: 30 days } ]
            quiet hours: { channels: [push, sms], from: "21:00", to: "08:00" }
            pressure: { budget: 10, per: 7 weeks, costs: { email: 3, site: 0.25 } }
            """,
            "scenarios/cart.yaml", """
            scenarios:
              - scenario: a good basket
                at: 2026-03-02 10:00
                visitor: { stage: intention, basket value: 62, persona: fan }
                where: cart.drawer
                expect: { show: shipping, because: nudge }
              - scenario: the table
                at: 2026-03-02 10:00
                visitor: { basket value: 62 }
                where: home.hero
                expect: { show: welcome, because: row-one }
              - scenario: a story
                events:
                  - { at: 2026-03-02 10:00, event: Product Viewed, price: 9, expect: { stage: awareness } }
                  - { after: 5 minutes, where: home.hero, expect: nothing }
                  - { after: 1 day, expect: { product views: 0 } }
                expect: { moves: [ wants ] }
            """);

    private static final Map<String, String> GOOD = good();

    private static Map<String, String> good() {
        var files = new TreeMap<>(RULES);
        files.putAll(FROM_OUTSIDE);
        return files;
    }

    private static List<Problem> check(String file, String right, String wrong) {
        var files = new TreeMap<>(GOOD);
        if (!file.isEmpty()) {
            assertThat(files.get(file)).containsOnlyOnce(right);
            files.put(file, files.get(file).replace(right, wrong));
        }
        return PackReader.read(new PackFiles(files), PlainRuleSet::new).problems();
    }

    private static List<String> words(List<Problem> problems) {
        var words = new ArrayList<String>();
        problems.forEach(problem -> words.add(problem.inWords()));
        return words;
    }

    @Test
    void theRightPackHasNone() {
        assertThat(words(check("", "", ""))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // file | right | wrong | where in it | code | inside | did you mean
                "decisions/cart.yaml|basket value: at least 50|baskte value: at least 50|baskte|unknown-fact|nudge|basket value",
                "decisions/cart.yaml|idle time|idel time|idel|unknown-fact|nudge|idle time",
                "decisions/cart.yaml|stage: intention|stage: intenton|intenton|unknown-stage|nudge|intention",
                "decisions/cart.yaml|stage: intention|reached: intenton|intenton|unknown-stage|nudge|intention",
                "decisions/cart.yaml|show: shipping|show: shiping|shiping|unknown-offer|nudge|shipping",
                "decisions/cart.yaml|show: shipping|never show: storeis|storeis|unknown-offer|nudge|stories",
                "decisions/cart.yaml|show: shipping|never show: siet|siet|unknown-offer|nudge|site",
                "decisions/cart.yaml|where: home|where: hoem|hoem|unknown-touchpoint|greet|home",
                "decisions/cart.yaml|where: cart.drawer|where: cart.draw|cart.draw|unknown-placement|nudge|cart.drawer",
                "decisions/cart.yaml|where: cart.drawer|where: [ cart.drawer, hoem ]|hoem|unknown-touchpoint|nudge|home",
                "decisions/cart.yaml|persona: fan|persona: fann|fann|unknown-persona|nudge|fan",
                "decisions/cart.yaml|priority: high|priorty: high|priorty|unknown-key|nudge|priority",
                "decisions/cart.yaml|show: shipping|shwo: shipping|shwo|unknown-key|nudge|show",
                "decisions/cart.yaml|- id: nudge|- idd: nudge|idd|unknown-key||id",
                "decisions/cart.yaml|if:|fi:|fi|unknown-key|nudge|if",
                "decisions/cart.yaml|any of|any off|any off|unknown-fact|nudge|any of",
                "decisions/cart.yaml|rules:|ruels:|ruels|unknown-key||rules",
                "decisions/cart.yaml|id: greet|id: nudge|id|duplicate-id|nudge|",
                "decisions/cart.yaml|priority: high|priority: hihg|hihg|wrong-priority|nudge|",
                "decisions/cart.yaml|until: 2026-12-31|until: 2026-02-30|2026|wrong-date|nudge|",
                "decisions/cart.yaml|until: 2026-12-31|until: 2026-02-30 10:00|2026|wrong-date|nudge|",
                "decisions/cart.yaml|until: 2026-12-31|until: +999999999-12-31 10:00|+9|wrong-date|nudge|",
                "decisions/cart.yaml|at least 50|at last 50|at last|wrong-type|nudge|",
                "decisions/cart.yaml|at least 50|{ atLest: 50 }|atLest|unknown-key|nudge|atLeast",
                "decisions/cart.yaml|at least 50|{ atLeast: 50, is: known }|known|wrong-phrase|nudge|",
                "decisions/cart.yaml|at least 50|[ 50 ]|[|wrong-shape|nudge|",
                "personas.yaml|basket value: at least 9|basket valeu: at least 9|basket|unknown-fact|owl|basket value",
                "personas.yaml|owl: { if:|owl: { fi:|fi|unknown-key|owl|if",
                "personas.yaml|personas:|persona:|persona|unknown-key||personas",
                "facts.yaml|count: Product Viewed|cuont: Product Viewed|cuont|unknown-key|views|count",
                "facts.yaml|type: whole|type: wohle|wohle|unknown-word|views|whole",
                "facts.yaml|type: whole|tpye: money|tpye|unknown-key|views|type",
                "facts.yaml|within: 24 hours|witin: 24 hours|witin|unknown-key|views|within",
                "facts.yaml|from: cart.value|from: cart.vlaue|cart|unknown-source|cartValue|cart.value",
                "facts.yaml|from: weekday|from: weekdya|weekdya|unknown-source|day|weekday",
                "facts.yaml|of: cartValue|of: cartValeu|cartValeu|unknown-fact|gap|cartValue",
                "facts.yaml|unit: hours|unit: huors|huors|unknown-word|idle|hours",
                "facts.yaml|unit: hours|unti: hours|unti|unknown-key|idle|unit",
                "facts.yaml|from: orders.value|from: order.value|order|unknown-source|worth|orders.value",
                "facts.yaml|from: first touch|from: frist touch|frist|unknown-source|touch|first touch",
                "facts.yaml|from: ropo|from: roop|roop|unknown-source|ropo|ropo",
                "facts.yaml|goal overdue of shop|goal overdue of shpo|goal|unknown-journey|overdue|shop",
                "facts.yaml|{ type: yesno, from: ropo|{ from: ropo|{|missing|ropo|",
                "facts.yaml|goal overdue of shop|goal overdeu|goal|unknown-source|overdue|goal overdue",
                "facts.yaml|money, from: orders.value|whole, from: orders.value|whole|wrong-type|worth|",
                "facts.yaml|yesno, from: goal|word, from: goal|word|wrong-type|overdue|",
                "facts.yaml|within: 9 days|within: a while|a while|wrong-type|ropo|",
                "facts.yaml|shop: Milano|shpo: Milano|shpo|unknown-key|ropo|shop",
                "touchpoints.yaml|utm: autumn|utn: autumn|utn|unknown-key|poster|utm",
                "touchpoints.yaml|utm: autumn|utm: Spring|Spring|duplicate-sign|poster|",
                "touchpoints.yaml|LEAF20|LEAF10|LEAF10|duplicate-sign|leaflet|",
                "pack.yaml|precedence: [crm, till]|precedence: [crm, CRM]|CRM|duplicate-name||",
                "pack.yaml|precedence: [crm, till]|precedence: [crm, { till: 1 }]|{|wrong-name||",
                "pack.yaml|precedence: [crm, till]|precedence: [a, b, c, d, e, f, g, h, i]|[|too-many-sources||",
                "pack.yaml|precedence|precedance|precedance|unknown-key||precedence",
                "facts.yaml|facts:|fcats:|fcats|unknown-key||facts",
                "offers.yaml|'\"{basket gap'|'\"{baskt gap'|'\"'|unknown-fact|shipping|basket gap",
                "offers.yaml|value: 4.00|vaule: 4.00|vaule|unknown-key|shipping|value",
                "offers.yaml|offers:|ofers:|ofers|unknown-key||offers",
                "offers.yaml|en: { title: Hello }|enn: { title: Hello }|enn|unknown-language|welcome|en",
                "offers.yaml|value: 4.00|value: 4.001|4.001|wrong-type|shipping|",
                "touchpoints.yaml|fallback: welcome|fallback: welcom|welcom|unknown-offer||welcome",
                "touchpoints.yaml|fallback: welcome|falback: welcome|falback|unknown-key|home|fallback",
                "touchpoints.yaml|touchpoints:|touchpiont:|touch|unknown-key||touchpoints",
                "journeys/shop.yaml|start: awareness|start: awarenes|awarenes|unknown-stage||awareness",
                "journeys/shop.yaml|from: awareness|from: awarenes|awarenes|unknown-stage|wants|awareness",
                "journeys/shop.yaml|to: intention|to: intetnion|intetnion|unknown-stage|wants|intention",
                "journeys/shop.yaml|to: intention|tto: intention|tto|unknown-key|wants|to",
                "journeys/shop.yaml|on: Product|onn: Product|onn|unknown-key|wants|on",
                "journeys/shop.yaml|basket value|bsaket value|bsaket|unknown-fact|wants|basket value",
                "journeys/shop.yaml|ends: yes|edns: yes|edns|unknown-key||ends",
                "journeys/shop.yaml|ends: yes|ends: perhaps|perhaps|unknown-word||",
                "journeys/shop.yaml|stages:|satges:|satges|unknown-key||stages",
                "journeys/shop.yaml|moves:|mvoes:|mvoes|unknown-key||moves",
                "journeys/shop.yaml|journey: shop|jorney: shop|jorney|unknown-key||journey",
                "rates.yaml|rates:|ratse:|ratse|unknown-key||rates",
                "rates.yaml|CHF: 1.05|CHX: 1.05|CHX|unknown-currency||",
                "rates.yaml|CHF: 1.05|EUR: 1.05|EUR|wrong-currency||",
                "rates.yaml|CHF: 1.05|CHF: -1|-1|wrong-type||",
                "rates.yaml|CHF: 1.05|CHF: 0.0|0.0|wrong-type||",
                "rates.yaml|from: 2026-01-01|from: 2026-13-01|2026-13-01|wrong-type||",
                "rates.yaml|from: 2026-01-01|form: 2026-01-01|form|unknown-key||from",
                "rates.yaml|2026-02-01, rate: 0.90|2026-01-01, rate: 0.90|0.90|duplicate-key||",
                "surveys.yaml|kind: nps|kind: npss|npss|unknown-kind|form|nps",
                "surveys.yaml|kind: nps|knid: nps|knid|unknown-key|form|kind",
                "surveys.yaml|touchpoint: home|touchpoint: hom|hom|unknown-touchpoint|form|home",
                "surveys.yaml|score: answers.0.number|score: answers..number|answers|wrong-path|form|",
                "surveys.yaml|score: answers.0.number|scroe: answers.0.number|scroe|unknown-key|form|score",
                "surveys.yaml|userId: hidden.user|usreId: hidden.user|usreId|unknown-key|form|userId",
                "surveys.yaml|from: what|form: what|form|unknown-key|poll|from",
                "surveys.yaml|good: 5|good: five|five|wrong-type|poll|",
                "surveys.yaml|'\"answers[ref=mail].text'|'\"answers[ref].text'|'\"'|wrong-path|poll|",
                "contact-policy.yaml|offer: shipping|offer: shippin|shippin|unknown-offer||shipping",
                "contact-policy.yaml|group: stories, times|group: storie, times|storie|unknown-group||stories",
                "contact-policy.yaml|channel: site|channel: sitee|sitee|unknown-channel||site",
                "contact-policy.yaml|times: 3|tims: 3|tims|unknown-key||times",
                "contact-policy.yaml|not more often than|not more often then|not|unknown-key||not more often than",
                "contact-policy.yaml|only one of|only one off|only|unknown-key||only one of",
                "contact-policy.yaml|{ group: stories, per: 30 days|{ group: storie, per: 30 days|storie|unknown-group||stories",
                "contact-policy.yaml|per: 30 days|per: for ever|for|wrong-type||",
                "contact-policy.yaml|{ group: stories, per: 30 days }|{ group: stories }|{ group|missing||",
                "contact-policy.yaml|[push, sms]|[push, sns]|sns|unknown-channel||sms",
                "contact-policy.yaml|'from: \"21:00\"'|'from: \"25:00\"'|'\"25'|wrong-type||",
                "contact-policy.yaml|'to: \"08:00\"'|'to: \"21:00\"'|'\"21'|impossible||",
                "contact-policy.yaml|budget: 10|budget: many|many|wrong-type||",
                "contact-policy.yaml|budget: 10, per: 7 weeks, costs: { email: 3|budget: 2, per: 7 weeks, costs: { email: 3|3|impossible||",
                "contact-policy.yaml|site: 0.25|site: 0.255|0.255|wrong-type||",
                "contact-policy.yaml|site: 0.25|siet: 0.25|siet|unknown-channel||site",
                "contact-policy.yaml|budget: 10|bugdet: 10|bugdet|unknown-key||budget",
                "offers.yaml|purpose: ad_personalization|purpose: ad_personalisation|ad_|unknown-word|shipping|ad_personalization",
                "offers.yaml|class: transactional|class: transactionl|transactionl|unknown-word|shipping|transactional",
                "offers.yaml|for: locals|for: local|local|unknown-segment|shipping|locals",
                "touchpoints.yaml|keep: visit|keep: for ever|for ever|wrong-type|cart|",
                "touchpoints.yaml|count: 3|count: 0|0|wrong-type|cart|",
                "touchpoints.yaml|count: 3|cuont: 3|cuont|unknown-key|cart|count",
                "pack.yaml|zone: Europe/Rome|zone: Europe/Rom|Europe|unknown-zone||Europe/Rome",
                "pack.yaml|owner:|onwer:|onwer|unknown-key||owner",
                "pack.yaml|currency: EUR|curency: EUR|curency|unknown-key||currency",
                "pack.yaml|currency: EUR|currency: EURO|EURO|unknown-currency||",
                "pack.yaml|email: denied|email: deneid|deneid|unknown-word||denied",
                "pack.yaml|journey: shop|journey: shpo|shpo|unknown-journey||shop",
                "scenarios/cart.yaml|stage: intention|stage: intenton|intenton|unknown-stage|a good basket|intention",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|visitor: { baskt value: 62 }|baskt|unknown-fact|the table|basket value",
                "scenarios/cart.yaml|where: cart.drawer|where: cart.drawr|cart|unknown-placement|a good basket|cart.drawer",
                "scenarios/cart.yaml|show: shipping|show: shippin|shippin|unknown-offer|a good basket|shipping",
                "scenarios/cart.yaml|because: nudge|because: nugde|nugde|unknown-rule|a good basket|nudge",
                "scenarios/cart.yaml|expect: { show: welcome|expcet: { show: welcome|expcet|unknown-key|the table|expect",
                "scenarios/cart.yaml|after: 5 minutes|after: 5 minuets|5 minuets|wrong-type|a story|",
                "scenarios/cart.yaml|at: 2026-03-02 10:00, event|at: 2026-03-02 1o:00, event|2026|wrong-date|a story|",
                "scenarios/cart.yaml|after: 5 minutes|at: 2026-03-02 09:00|2026-03-02 09|wrong-time|a story|",
                "scenarios/cart.yaml|after: 5 minutes|at: 2026-03-02 11:00, after: 5 minutes|after|wrong-shape|a story|",
                "scenarios/cart.yaml|{ at: 2026-03-02 10:00, event|{ event|{|missing|a story|",
                "scenarios/cart.yaml|stage: awareness }|stage: awarenes }|awarenes|unknown-stage|a story|awareness",
                "scenarios/cart.yaml|product views: 0|product veiws: 0|product|unknown-fact|a story|product views",
                "scenarios/cart.yaml|product views: 0|product views: less then 3|less|wrong-type|a story|",
                "scenarios/cart.yaml|[ wants ]|[ wnats ]|wnats|unknown-move|a story|wants",
                "scenarios/cart.yaml|moves: [|moves of shpo: [|moves|unknown-journey|a story|shop",
                "scenarios/cart.yaml|event: Product Viewed|event: Time Passed|Time|wrong-name|a story|",
                "scenarios/cart.yaml|event: Product Viewed|evnet: Product Viewed|evnet|unknown-key|a story|event",
                "scenarios/cart.yaml|where: home.hero, |wehre: home.hero, |wehre|unknown-key|a story|where",
                "scenarios/cart.yaml|where: home.hero, |where: home.hreo, |home.hreo|unknown-placement|a story|home.hero",
                "scenarios/cart.yaml|{ after: 5 minutes, where: home.hero, expect: nothing }|{ after: 5 minutes }|{|missing|a story|",
                "scenarios/cart.yaml|{ after: 5 minutes, where: home.hero, expect: nothing }|{ after: 5 minutes, where: home.hero }|{|missing|a story|",
                "scenarios/cart.yaml|{ after: 5 minutes, where: home.hero, expect: nothing }|{ after: 5 minutes, expect: nothing }|{|missing|a story|",
                "scenarios/cart.yaml|{ after: 5 minutes, where: home.hero, expect: nothing }|{ after: 5 minutes, where: home.hero, expect: { stage: awareness } }|{ stage|missing|a story|",
                "scenarios/cart.yaml|events:|evnets:|evnets|unknown-key|a story|events",
                "scenarios/cart.yaml|persona: fan|persona: not fan|not|wrong-type|a good basket|",
                "scenarios/cart.yaml|stage: intention|stage: intention or awareness|intention|wrong-type|a good basket|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: [ offr welcome ]|offr|wrong-phrase|the table|offer",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: [ offer welcom ]|offer|unknown-offer|the table|welcome",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: [ rule:greeet ]|rule|unknown-rule|the table|greet",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: [ channel siet ]|channel|unknown-channel|the table|site",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: [ campaign spring ]|campaign|unknown-campaign|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: [ offer: welcome ]|offer|wrong-phrase|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: everthing|everthing|wrong-phrase|the table|everything",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|paused: welcome|welcome|wrong-phrase|the table|offer welcome",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|pausd: everything|pausd|unknown-key|the table|paused",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|consent: { ad_personalisation: granted }|ad_|unknown-purpose|the table|ad_personalization",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|consent: { email: grantd }|grantd|unknown-word|the table|granted",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|experiments: { hero: bold }|hero|unknown-experiment|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|held back: everthing|everthing|unknown-campaign|the table|everything",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|held back: everything|everything|impossible|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shown: { welcom: just now }|welcom|unknown-offer|the table|welcome",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shwon: { welcome: just now }|already|unknown-key|the table|already shown",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shown: { welcome: twice }|twice|wrong-phrase|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shown: { welcome: 2 times in the last 3 dyas }|2 times|wrong-phrase|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shown: { welcome: 51 times just now }|51|wrong-type|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shown: { welcome: [ just now, 2026-03-02 10:01 ] }|2026|wrong-time|the table|",
                "scenarios/cart.yaml|visitor: { basket value: 62 }|already shown: { welcome: 2026-02-30 10:01 }|2026|wrong-date|the table|",
                "scenarios/cart.yaml|expect: { show: welcome, because: row-one }|expect: { not: welcom }|welcom|unknown-offer|the table|welcome",
                "scenarios/cart.yaml|expect: { show: welcome, because: row-one }|expect: { not: welcome, because: capp }|capp|unknown-filter|the table|cap",
                "scenarios/cart.yaml|expect: { show: welcome, because: row-one }|expect: { not: welcome, fallback: yes }|fallback|unknown-key|the table|",
                "scenarios/cart.yaml|expect: { show: welcome, because: row-one }|expect: { show: welcome, not: shipping }|not|wrong-shape|the table|",
                "scenarios/cart.yaml|expect: { show: welcome, because: row-one }|expect: { nto: welcome }|nto|unknown-key|the table|not",
                "scenarios/cart.yaml|expect: nothing }|paused: [ offer welcom ], expect: nothing }|offer|unknown-offer|a story|welcome",
                "scenarios/cart.yaml|{ after: 1 day, expect: { product views: 0 } }|{ after: 1 day, expect: { not: welcome } }|{ after|missing|a story|",
            })
    void oneMistakeInYamlIsOneMessage(
            String file, String right, String wrong, String where, String code, String inside, String meant) {
        var problems = check(file, right, wrong);

        assertThat(words(problems)).hasSize(1);
        var problem = problems.get(0);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place().source()).isEqualTo(file);
        var before = beforeMistake(file, right, wrong, where);
        assertThat(problem.place().line())
                .isEqualTo(1 + (int) before.chars().filter(c -> c == '\n').count());
        assertThat(problem.place().column()).isEqualTo(before.length() - before.lastIndexOf('\n'));
        assertThat(problem.place().rule()).isEqualTo(inside);
        assertThat(problem.cure()).contains(meant == null ? "" : "Did you mean \"%s\"?".formatted(meant));
    }

    private static String beforeMistake(String file, String right, String wrong, String where) {
        var text = GOOD.get(file);
        return text.substring(0, text.indexOf(right)) + wrong.substring(0, wrong.indexOf(where));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // right | wrong | cell | code | inside | did you mean
                "basket value,persona|baskt value,persona|D1|unknown-fact||basket value",
                "id,where|id,wehre|B1|unknown-fact||where",
                "verb,offer|vreb,offer|F1|unknown-fact||verb",
                "id,where|idd,where|A1|unknown-fact||id",
                "basket value,persona|cartValue,basket value|E1|duplicate-key||",
                "where,stage|where,where|C1|duplicate-key||",
                "home.hero|home.hreo|B2|unknown-placement|row-one|home.hero",
                "row-two,cart|row-two,crat|B3|unknown-touchpoint|row-two|cart",
                "awareness|awarenes|C2|unknown-stage|row-one|awareness",
                ">=50|=>50|D2|wrong-type|row-one|",
                ",fan,|,fann,|E2|unknown-persona|row-one|fan",
                "never show|never shwo|F3|unknown-verb|row-two|never show",
                "show,welcome|show,welcmoe|G2|unknown-offer|row-one|welcome",
                "never show,stories|never show,storeis|G3|unknown-offer|row-two|stories",
                "welcome,high|welcome,hgih|H2|wrong-priority|row-one|",
                "row-one|row one|A2|wrong-name|row one|",
                "row-two|row-one|A3|duplicate-id|row-one|",
                "row-two|nudge|A3|duplicate-id|nudge|",
                "fan,show,welcome|fan;show;welcome|A2|wrong-row||",
                ">=50|\">=50|D2|unreadable-table||",
            })
    void oneMistakeInTheTableIsOneMessage(
            String right, String wrong, String cell, String code, String inside, String meant) {
        var problems = check("decisions/table.csv", right, wrong);

        assertThat(words(problems)).hasSize(1);
        var problem = problems.get(0);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.place().source()).isEqualTo("decisions/table.csv");
        assertThat(problem.place().cell()).isEqualTo(cell);
        assertThat(problem.place().rule()).isEqualTo(inside);
        assertThat(problem.inWords()).startsWith("decisions/table.csv, cell " + cell);
        assertThat(problem.cure()).contains(meant == null ? "" : "Did you mean \"%s\"?".formatted(meant));
    }

    @ParameterizedTest
    @CsvSource({"facts", "touchpoints", "offers", "personas", "journeys/shop", "decisions/cart"})
    void aFileThatCannotBeReadIsOneMessage(String file) {
        var files = new TreeMap<>(GOOD);
        files.compute(file + ".yaml", (name, content) -> content + "\"");

        var problems = PackReader.read(new PackFiles(files), PlainRuleSet::new).problems();

        assertThat(words(problems)).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo("unreadable-yaml");
        assertThat(problems.get(0).place().source()).isEqualTo(file + ".yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "facts.yaml, fact.yaml, facts.yaml",
        "offers.yaml, oferts.yaml, offers.yaml",
        "facts.yaml, facts.csv, ",
        "journeys/shop.yaml, journey/shop.yaml, "
    })
    void aFileOfAnotherNameIsOneMessage(String right, String wrong, String meant) {
        var files = new TreeMap<>(GOOD);
        files.put(wrong, files.remove(right));

        var problems = PackReader.read(new PackFiles(files), PlainRuleSet::new).problems();

        assertThat(words(problems)).hasSize(1);
        assertThat(problems.get(0).code()).isEqualTo("unknown-file");
        assertThat(problems.get(0).place().source()).isEqualTo(wrong);
        assertThat(problems.get(0).cure()).contains(meant == null ? "" : "Did you mean \"%s\"?".formatted(meant));
    }

    @Test
    void severalMistakesAreToldAtOnce() {
        var files = new TreeMap<>(GOOD);
        files.computeIfPresent("decisions/cart.yaml", (name, text) -> text.replace("at least 50", "at last 50"));
        files.computeIfPresent("decisions/table.csv", (name, text) -> text.replace("home.hero", "home.hreo"));
        files.computeIfPresent("facts.yaml", (name, text) -> text.replace("weekday }", "weekdya }"));
        files.computeIfPresent("contact-policy.yaml", (name, text) -> text.replace("7 days", "a week"));

        var problems = PackReader.read(new PackFiles(files), PlainRuleSet::new).problems();

        assertThat(problems)
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("wrong-type", "unknown-placement", "unknown-source", "wrong-type");
    }

    @Test
    void threeLinesSayWhereWhatAndHowToMendIt() {
        var problems = check("decisions/cart.yaml", "stage: intention", "stage: intenton");

        assertThat(words(problems)).containsExactly("""
                decisions/cart.yaml, line 5, column 12 (unknown-stage), rule nudge
                  There is no stage "intenton".
                  Did you mean "intention"? The stages are: awareness, intention.""");
    }
}
