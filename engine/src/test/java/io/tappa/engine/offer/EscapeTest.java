package io.tappa.engine.offer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tappa.engine.touchpoint.ContentField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EscapeTest {
    /** What stands behind a backslash and a {@code u} is one character, in values and in what they become. */
    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    TEXT | Tom & <b>"J" 'x' | Tom & <b>"J" 'x'
                    TEXT | a\\u0000b\\u000ac\\u007fd\\u0085e | abcde
                    TEXT | a\\u202eb\\u2066c\\u2069d\\u200ee\\u200ff\\u061cg | abcdefg
                    TEXT | perché \\ud83d\\ude00 | perché \\ud83d\\ude00
                    HTML | Tom & <b>"J" 'x' | Tom &amp; &lt;b&gt;&quot;J&quot; &#39;x&#39;
                    HTML | &lt; | &amp;lt;
                    HTML | a\\u0000b\\u202ec | abc
                    HTML | perché \\ud83d\\ude00 | perché \\ud83d\\ude00
                    ADDRESS | a b/c?d=e&f#g%h+i | a%20b%2Fc%3Fd%3De%26f%23g%25h%2Bi
                    ADDRESS | Az09-._~ | Az09-._~
                    ADDRESS | perché | perch%C3%A9
                    ADDRESS | \\ud83d\\ude00\\u0000\\u202e | %F0%9F%98%80%00%E2%80%AE
                    ADDRESS | \\ud83d | %3F
                    ADDRESS | https://x\\y | https%3A%2F%2Fx%5Cy
                    """)
    void aValueIsWrittenForItsReader(Escape target, String value, String written) {
        assertThat(target.value(characters(value))).isEqualTo(characters(written));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0022, '\\\"'",
        "005c, \\\\",
        "003c, \\u003c",
        "003e, \\u003e",
        "0026, \\u0026",
        "0027, \\u0027",
        "000a, \\u000a",
        "0000, \\u0000",
        "2028, \\u2028",
        "202e, \\u202e",
        "d83d, \\ud83d",
        "00e8, è",
        "002f, /"
    })
    void jsonKeepsWhatIsHarmless(String character, String written) {
        assertThat(Escape.JSON.value(String.valueOf((char) Integer.parseInt(character, 16))))
                .isEqualTo(written);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "/",
                "/c/scarpe?x=1#y",
                "/a//b",
                "https://shop.example",
                "HTTP://shop.example/",
                "https://shop.example?x",
                "https://shop.example#x",
                "https://shop.example:8443/a/../b"
            })
    void theseAreAddresses(String address) {
        assertThat(Address.isSafe(address, address)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "",
                "shop",
                "www.shop.example/",
                "//evil.example",
                "/\\evil.example",
                "\\evil.example",
                "javascript:alert(1)",
                "java\tscript:alert(1)",
                "data:text/html,x",
                "mailto:me@shop.example",
                "https:shop.example",
                "https:/shop.example",
                "https://",
                "https:///x",
                "https://?x",
                "https://shop.example\\@evil.example/",
                "https://shop example/",
                " https://shop.example/",
                "/\t/evil.example",
                "/a\u0000"
            })
    void theseAreNot(String address) {
        assertThat(Address.isSafe(address, address)).isFalse();
    }

    @ParameterizedTest(name = "{0} in front of {1}: {2}")
    @CsvSource({
        "/c/, shoes, true",
        "/, shoes, true",
        "/?q=, .., true",
        "/#, .., true",
        "https://shop.example/, shoes, true",
        "https://shop.example?q=, shoes, true",
        "https://shop.example#, shoes, true",
        "https://shop.example, .evil.example, false",
        "https://shop.example:, 80, false",
        "https://, evil.example, false",
        "'', /c, false",
        "c, /c, false",
        "/, /evil.example, false",
        "/, \\evil.example, false",
        "/, .., false",
        "/c/, ., false",
        "/c/, ../admin, false",
        "/c/, %2e%2E?x, false",
        "/c/., .#x, false",
        "/c/, ..., true",
        "/c/, .well-known, true"
    })
    void valuesLeadOnlyToWhereTheAuthorMeant(String start, String rest, boolean safe) {
        assertThat(Address.isSafe(start, start + rest)).isEqualTo(safe);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(ContentField.Type.class)
    void addressesAloneMustBeginInACertainWay(ContentField.Type type) {
        boolean isAddress = type == ContentField.Type.URL || type == ContentField.Type.IMAGE;

        assertThat(Escape.of(type).fits("x", "x")).isEqualTo(!isAddress);
        assertThat(Escape.of(type).forms(Forms.of("it"))).isSameAs(isAddress ? Forms.PLAIN : Forms.of("it"));
    }

    private static String characters(String written) {
        var text = new StringBuilder();
        for (int i = 0; i < written.length(); i++) {
            if (written.startsWith("\\u", i)) {
                text.append((char) Integer.parseInt(written.substring(i + 2, i + 6), 16));
                i += 5;
            } else {
                text.append(written.charAt(i));
            }
        }
        return text.toString();
    }
}
