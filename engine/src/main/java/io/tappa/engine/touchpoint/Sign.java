package io.tappa.engine.touchpoint;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * How an event shows that somebody came by way of a touchpoint.
 *
 * @param kind where in the event the word stands
 * @param word the word, in small letters
 */
public record Sign(Kind kind, String word) {
    private static final List<String> CAMPAIGN = Stream.of("name", "source", "medium", "content", "term")
            .map(part -> "context.campaign." + part)
            .toList();

    private static final String QUERY = "qr=";

    /** Where in an event a sign can stand. */
    public enum Kind {
        /** One of the campaign values of the link, such as its source. */
        UTM {
            @Override
            List<String> words(String event, SortedMap<String, String> values) {
                return CAMPAIGN.stream()
                        .filter(values::containsKey)
                        .map(path -> values.getOrDefault(path, ""))
                        .toList();
            }
        },
        /** A code that was scanned. */
        QR {
            @Override
            List<String> words(String event, SortedMap<String, String> values) {
                return List.of(
                        values.getOrDefault(key(), ""),
                        inQuery(values.getOrDefault("context.page.search", "")),
                        inQuery(values.getOrDefault("context.page.url", "")));
            }
        },
        /** A code that was typed in. */
        CODE {
            @Override
            List<String> words(String event, SortedMap<String, String> values) {
                return List.of(values.getOrDefault(key(), ""), values.getOrDefault("coupon", ""));
            }
        },
        /** What the person answered when asked where they had heard of us. */
        ANSWER {
            @Override
            List<String> words(String event, SortedMap<String, String> values) {
                boolean asked = event.equals("Survey Answered") && "touchpoint".equals(values.get("kind"));
                return asked ? List.of(values.getOrDefault(key(), "")) : List.of();
            }
        };

        /** The words that stand there in an event; empty where there is none. */
        abstract List<String> words(String event, SortedMap<String, String> values);

        /** The author's word for it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Sign {
        word = word.toLowerCase(Locale.ROOT);
    }

    /** The value of {@code qr} in the query of an address, as it is written there, or empty. */
    private static String inQuery(String address) {
        var withoutFragment = address.substring(0, end(address, '#'));
        var query = withoutFragment.substring(withoutFragment.indexOf('?') + 1);
        for (var part : query.split("&", -1)) {
            if (part.startsWith(QUERY)) {
                return part.substring(QUERY.length());
            }
        }
        return "";
    }

    private static int end(String address, char before) {
        int at = address.indexOf(before);
        return at < 0 ? address.length() : at;
    }
}
