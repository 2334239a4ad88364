package io.tappa.engine.touchpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognitionTest {
    private static final Touchpoints SHOP = new Touchpoints(List.of(
            touchpoint("site", "home", false),
            touchpoint("print", "zine", true, new Sign(Sign.Kind.UTM, "Spring"), new Sign(Sign.Kind.CODE, "paper10")),
            touchpoint("print", "brochure", true, new Sign(Sign.Kind.UTM, "brochure-2026")),
            touchpoint("pos", "window", true, new Sign(Sign.Kind.QR, "window-1"), new Sign(Sign.Kind.QR, "window-2")),
            touchpoint("word", "friends", false, new Sign(Sign.Kind.ANSWER, "a friend")),
            touchpoint("site", "fair", true)));

    private static Touchpoint touchpoint(String channel, String key, boolean offline, Sign... signs) {
        return new Touchpoint(key, channel, 1, offline, new TreeMap<>(), List.of(signs), List.of());
    }

    private static SortedMap<String, String> values(String pairs) {
        var values = new TreeMap<String, String>();
        for (var pair : pairs.split(" ; ", -1)) {
            var parts = pair.split("=", 2);
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    @ParameterizedTest(name = "{0} shows {1}")
    @CsvSource({
        "context.campaign.source=brochure-2026, brochure",
        "context.campaign.name=BROCHURE-2026, brochure",
        "context.campaign.medium=spring, zine",
        "context.campaign.content=spring, zine",
        "context.campaign.term=spring, zine",
        "context.campaign.source=spring-sale,",
        "coupon=PAPER10, zine",
        "code=Paper10, zine",
        "qr=window-2, window",
        "context.page.search=?a=b&qr=window-1, window",
        "context.page.url=https://shop.example/x?qr=window-1#qr=other, window",
        "context.page.url=https://shop.example/x#?qr=window-1,",
        "context.page.search=?qr=window-3,",
        "context.page.search=?sqr=window-1,",
        "answer=a friend,",
        "touchpoint=home, home",
        "touchpoint=nowhere ; qr=window-1, window",
        "touchpoint=home ; qr=window-1, home",
        "qr=window-1 ; coupon=paper10, zine",
        "path=/,"
    })
    void theSignsOfAnEventShowItsTouchpoint(String values, String expected) {
        assertThat(SHOP.recognise("Page Viewed", values(values))).isEqualTo(expected);
    }

    @Test
    void anAnswerToTheQuestionAboutTouchpointsShowsOne() {
        var values = values("kind=touchpoint ; answer=A friend");

        assertThat(SHOP.recognise("Survey Answered", values)).isEqualTo("friends");
        assertThat(SHOP.recognise("Survey Answered", values("kind=nps ; answer=a friend")))
                .isNull();
        assertThat(SHOP.recognise("Page Viewed", values)).isNull();
    }

    @Test
    void anAnswerAboutATouchpointIsNoVisitThere() {
        assertThat(SHOP.recognise("Survey Answered", values("kind=nps ; touchpoint=window")))
                .isNull();
    }

    @ParameterizedTest(name = "{0}: offline is {1}")
    @CsvSource({
        "touchpoint=window, true",
        "touchpoint=home ; channel=pos, false",
        "touchpoint=fair ; channel=site, true",
        "channel=pos, true",
        "channel=print, true",
        "channel=offline, true",
        "channel=site, false",
        "channel=telex, false",
        "qr=window-1, false",
        "path=/, false"
    })
    void anEventIsOfflineOnlyWhenItsTouchpointOrChannelSaysSo(String values, boolean offline) {
        assertThat(SHOP.happenedOffline(values(values))).isEqualTo(offline);
    }

    @Test
    void theKeysStandInTheOrderOfTheAuthor() {
        assertThat(SHOP.keys()).containsExactly("home", "zine", "brochure", "window", "friends", "fair");
        assertThat(SHOP.recognise("Page Viewed", new TreeMap<>(Map.of()))).isNull();
    }
}
