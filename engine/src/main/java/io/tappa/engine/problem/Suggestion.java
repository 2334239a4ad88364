package io.tappa.engine.problem;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** "Did you mean …?": the known word nearest to a misspelt one. */
public final class Suggestion {
    private static final int LISTED = 12;

    private Suggestion() {}

    /** The nearest of {@code known}, within a third of the word's length but at least two letters, or null. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int bestDistance = Math.max(2, word.length() / 3) + 1;
        var lower = word.toLowerCase(Locale.ROOT);
        for (var candidate : known) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT), bestDistance);
            if (distance < bestDistance) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return best;
    }

    /** A cure that names the nearest word and, when they are few, all of {@code known}. */
    public static String cure(String word, String plural, Collection<String> known) {
        var nearest = nearest(word, known);
        var listed = known.size() <= LISTED && !known.isEmpty()
                ? "The %s are: %s.".formatted(plural, String.join(", ", known))
                : "There are %d %s.".formatted(known.size(), plural);
        return nearest == null ? listed : "Did you mean \"%s\"? %s".formatted(nearest, listed);
    }

    /** Edits (insert, delete, replace, swap neighbours) between two words; anything ≥ {@code limit} answers limit. */
    private static int distance(String left, String right, int limit) {
        if (Math.abs(left.length() - right.length()) >= limit) {
            return limit;
        }
        var before = new int[right.length() + 1];
        var previous = new int[right.length() + 1];
        var current = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                boolean same = left.charAt(i - 1) == right.charAt(j - 1);
                int cost = Math.min(previous[j - 1] + (same ? 0 : 1), Math.min(previous[j], current[j - 1]) + 1);
                boolean swapped = i > 1
                        && j > 1
                        && left.charAt(i - 1) == right.charAt(j - 2)
                        && left.charAt(i - 2) == right.charAt(j - 1);
                current[j] = swapped ? Math.min(cost, before[j - 2] + 1) : cost;
            }
            var spare = before;
            before = previous;
            previous = current;
            current = spare;
        }
        return Math.min(previous[right.length()], limit);
    }
}
