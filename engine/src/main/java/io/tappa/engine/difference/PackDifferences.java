package io.tappa.engine.difference;

import io.tappa.engine.difference.Difference.Change;
import io.tappa.engine.pack.PackFiles;
import io.tappa.engine.pack.PackSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/** Compares two versions of a pack. */
public final class PackDifferences {
    private static final Description NOTHING = new Description();

    private PackDifferences() {}

    /**
     * A version to be compared.
     *
     * @param files all of it
     * @param snapshot what they mean
     */
    public record Version(PackFiles files, PackSnapshot snapshot) {}

    /** All that is another in {@code newer}: rules, moves, offers, each by name, then files by path. */
    public static List<Difference> between(Version older, Version newer) {
        var was = new Descriptions(older.snapshot());
        var is = new Descriptions(newer.snapshot());
        var all = new ArrayList<Difference>();
        compare("rule", was.rules(), is.rules(), all);
        compare("move", was.moves(), is.moves(), all);
        compare("offer", was.offers(), is.offers(), all);
        compareFiles(older.files().contents(), newer.files().contents(), all);
        return all;
    }

    private static void compare(
            String what, SortedMap<String, Description> was, SortedMap<String, Description> is, List<Difference> all) {
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (var name : names) {
            var change = !was.containsKey(name) ? Change.ADDED : is.containsKey(name) ? Change.CHANGED : Change.REMOVED;
            var details = was.getOrDefault(name, NOTHING).to(is.getOrDefault(name, NOTHING));
            if (change != Change.CHANGED || !details.isEmpty()) {
                all.add(new Difference(change, what, name, details));
            }
        }
    }

    private static void compareFiles(
            SortedMap<String, String> was, SortedMap<String, String> is, List<Difference> all) {
        var names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        for (var name : names) {
            var before = was.get(name);
            var after = is.get(name);
            if (before == null || after == null) {
                all.add(new Difference(before == null ? Change.ADDED : Change.REMOVED, "file", name, List.of()));
            } else if (!before.equals(after)) {
                all.add(new Difference(Change.CHANGED, "file", name, List.of()));
            }
        }
    }
}
