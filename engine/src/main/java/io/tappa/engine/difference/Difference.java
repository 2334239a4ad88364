package io.tappa.engine.difference;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is another in a newer version of a pack.
 *
 * @param change what became of it
 * @param what its kind: {@code rule}, {@code move}, {@code offer} or {@code file}
 * @param name its id, key or path
 * @param details what is different about it, in the order authors write it; for something that came or went, what it says
 */
public record Difference(Change change, String what, String name, List<Detail> details) {
    /** What may become of something. */
    public enum Change {
        ADDED,
        REMOVED,
        CHANGED;

        /** The word in answers. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What is said about one side of a thing.
     *
     * @param of what it is about, such as {@code priority} or {@code if basket value}
     * @param was what the older version says, or null where it says nothing
     * @param is what the newer version says, or null where it says nothing
     */
    public record Detail(
            String of, @Nullable String was, @Nullable String is) {
        String inWords() {
            if (was == null) {
                return "%s %s is new".formatted(of, is);
            }
            return is == null ? "%s %s is gone".formatted(of, was) : "%s %s becomes %s".formatted(of, was, is);
        }

        private String alone() {
            return "%s %s".formatted(of, was == null ? is : was);
        }
    }

    public Difference {
        details = List.copyOf(details);
    }

    /** One line: {@code rule home-shoes: priority 50 becomes 75}. */
    public String inWords() {
        if (change == Change.CHANGED && !details.isEmpty()) {
            return "%s %s: %s".formatted(what, name, said(Detail::inWords));
        }
        var became = change == Change.CHANGED ? "changed" : change == Change.ADDED ? "new" : "gone";
        return "%s %s is %s%s".formatted(what, name, became, details.isEmpty() ? "" : ": " + said(Detail::alone));
    }

    private String said(Function<Detail, String> inWords) {
        return details.stream().map(inWords).collect(Collectors.joining("; "));
    }
}
