package io.tappa.api.cloudevents;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the event of a CloudEvents {@code type} is called: {@code com.shop.order.completed} is an {@code Order Completed}.
 *
 * <p>A type with a space, and a single plain word, is the name as it stands. Else the last dotted segment counts: several
 * words in it ({@code orderCompleted}, {@code order_completed}, {@code order-completed}) are the name; a single word is
 * joined to the segment before it. A version at the end ({@code .v1}, {@code .2}) is passed over.
 */
final class EventNames {
    private static final Pattern VERSION = Pattern.compile("[vV]?\\d+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[_-]+|(?<=[a-z0-9])(?=[A-Z])");
    private static final Set<String> SMALL = Set.of("to", "from", "of", "in", "on");

    private EventNames() {}

    static String of(String type) {
        var trimmed = type.trim();
        if (trimmed.contains(" ")) {
            return trimmed;
        }
        var segments = segments(trimmed);
        if (segments.isEmpty()) {
            return trimmed;
        }
        int last = segments.size() - 1;
        var words = words(segments.get(last));
        if (words.size() > 1) {
            return capitalised(words);
        }
        return last == 0 ? segments.get(0) : capitalised(words(segments.get(last - 1))) + " " + capitalised(words);
    }

    private static List<String> segments(String type) {
        var segments = Pattern.compile("\\.")
                .splitAsStream(type)
                .filter(segment -> !segment.isEmpty())
                .toList();
        int end = segments.size();
        while (end > 1 && VERSION.matcher(segments.get(end - 1)).matches()) {
            end--;
        }
        return segments.subList(0, end);
    }

    private static List<String> words(String segment) {
        return BETWEEN_WORDS
                .splitAsStream(segment)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static String capitalised(List<String> words) {
        return words.stream()
                .map(word ->
                        SMALL.contains(word) ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(" "));
    }
}
