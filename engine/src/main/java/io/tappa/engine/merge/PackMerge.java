package io.tappa.engine.merge;

import io.tappa.engine.pack.PackFiles;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Brings two versions of a pack together that were made from the same one. */
public final class PackMerge {
    private PackMerge() {}

    /** The changes from {@code base} to {@code ours} and those to {@code theirs}, in one. */
    public static Merged of(PackFiles base, PackFiles ours, PackFiles theirs) {
        return of(base, ours, theirs, Map.of());
    }

    /** The same, where {@code take} says whose text is taken for conflicts, each by its key. */
    public static Merged of(PackFiles base, PackFiles ours, PackFiles theirs, Map<String, Side> take) {
        var paths = new TreeSet<>(ours.contents().keySet());
        paths.addAll(theirs.contents().keySet());
        var contents = new TreeMap<String, String>();
        var conflicts = new ArrayList<Conflict>();
        for (var path : paths) {
            var was = base.contents().get(path);
            var our = ours.contents().get(path);
            var their = theirs.contents().get(path);
            var text = our;
            if (Objects.equals(our, was)) {
                text = their;
            } else if (!Objects.equals(their, was) && !Objects.equals(our, their)) {
                var outcome = FileMerge.of(new ThreeTexts(path, was, our, their), take);
                conflicts.addAll(outcome.conflicts());
                text = outcome.conflicts().isEmpty() ? outcome.text() : our;
            }
            if (text != null) {
                contents.put(path, text);
            }
        }
        return new Merged(new PackFiles(contents), conflicts);
    }
}
