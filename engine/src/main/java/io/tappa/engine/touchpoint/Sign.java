package io.tappa.engine.touchpoint;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
            boolean shows(String word, String event, SortedMap<String, String> values) {
                return CAMPAIGN.stream().anyMatch(path -> word.equalsIgnoreCase(values.get(path)));
            }
        },
        /** A code that was scanned. */
        QR {
            @Override
            boolean shows(String word, String event, SortedMap<String, String> values) {
                return word.equalsIgnoreCase(values.get(key()))
                        || word.equalsIgnoreCase(inQuery(values.get("context.page.search")))
                        || word.equalsIgnoreCase(inQuery(values.get("context.page.url")));
            }
        },
        /** A code that was typed in. */
        CODE {
            @Override
            boolean shows(String word, String event, SortedMap<String, String> values) {
                return word.equalsIgnoreCase(values.get(key())) || word.equalsIgnoreCase(values.get("coupon"));
            }
        },
        /** What the person answered when asked where they had heard of us. */
        ANSWER {
            @Override
            boolean shows(String word, String event, SortedMap<String, String> values) {
                return event.equals("Survey Answered")
                        && "touchpoint".equals(values.get("kind"))
                        && word.equalsIgnoreCase(values.get(key()));
            }
        };

        /** Whether {@code word} stands there in an event, whatever its capitals. */
        abstract boolean shows(String word, String event, SortedMap<String, String> values);

        /** The author's word for it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Sign {
        word = word.toLowerCase(Locale.ROOT);
    }

    /** Whether it stands in an event called {@code event}. */
    boolean standsIn(String event, SortedMap<String, String> values) {
        return kind.shows(word, event, values);
    }

    /** The value of {@code qr} in the query of an address, as it is written there, or null. */
    private static @Nullable String inQuery(@Nullable String address) {
        if (address == null) {
            return null;
        }
        var withoutFragment = address.substring(0, end(address, '#'));
        var query = withoutFragment.substring(withoutFragment.indexOf('?') + 1);
        for (var part : query.split("&", -1)) {
            if (part.startsWith(QUERY)) {
                return part.substring(QUERY.length());
            }
        }
        return null;
    }

    private static int end(String address, char before) {
        int at = address.indexOf(before);
        return at < 0 ? address.length() : at;
    }
}
