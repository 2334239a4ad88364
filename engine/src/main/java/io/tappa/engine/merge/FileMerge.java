package io.tappa.engine.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Brings two versions of one file together, entry by entry. */
final class FileMerge {
    private final String path;
    private final Pieces base;
    private final Pieces ours;
    private final Pieces theirs;
    private final Map<String, Side> take;
    private final List<Conflict> conflicts = new ArrayList<>();
    private boolean frameDiffers;

    private FileMerge(String path, Pieces base, Pieces ours, Pieces theirs, Map<String, Side> take) {
        this.path = path;
        this.base = base;
        this.ours = ours;
        this.theirs = theirs;
        this.take = take;
    }

    /**
     * What became of one file.
     *
     * @param text all that both sides changed, or null where the file is deleted
     */
    record Outcome(@Nullable String text, List<Conflict> conflicts) {}

    static Outcome of(ThreeTexts file, Map<String, Side> take) {
        var taken = file.taken("", take);
        if (taken != null) {
            return new Outcome(file.of(taken), List.of());
        }
        var merge = file.ours() == null || file.theirs() == null ? null : of(file.path(), file, take);
        var outcome = merge == null ? null : merge.outcome();
        return outcome == null ? new Outcome(file.ours(), List.of(file.conflict(""))) : outcome;
    }

    /** A merge by entries, or null where they cannot be told apart, or mean something else on each side. */
    private static @Nullable FileMerge of(String path, ThreeTexts file, Map<String, Side> take) {
        var base = Pieces.of(path, file.base());
        var ours = Pieces.of(path, file.ours());
        var theirs = Pieces.of(path, file.theirs());
        if (base == null || ours == null || theirs == null) {
            return null;
        }
        var header = new Piece.Key("", "");
        if (!Objects.equals(ours.text(header), theirs.text(header))) {
            return null; // The cells of a row mean what the header of its own table says.
        }
        var indents = new HashMap<>(theirs.indents());
        ours.indents().forEach((section, indent) -> {
            if (!indent.equals(base.indents().get(section))) {
                indents.put(section, indent);
            } else {
                indents.putIfAbsent(section, indent);
            }
        });
        return new FileMerge(path, base.at(indents), ours.at(indents), theirs.at(indents), take);
    }

    /** The merged file or its conflicts; null where what came out would be read as something else. */
    private @Nullable Outcome outcome() {
        var texts = texts();
        var gaps = new HashMap<Piece.Key, String>();
        texts.keySet().forEach(key -> gaps.put(key, gap(key)));
        var tail = tail();
        if (frameDiffers && frameTaken() == null) {
            conflicts.add(new Conflict(path, Conflict.FRAME, base.frame(), ours.frame(), theirs.frame()));
        }
        if (!conflicts.isEmpty()) {
            return new Outcome(null, conflicts);
        }
        var merged = new StringBuilder();
        for (var key : new Order(base, ours, theirs).of(texts.keySet())) {
            merged.append(gaps.getOrDefault(key, "")).append(texts.getOrDefault(key, ""));
        }
        merged.append(tail);
        boolean open = ours.open() == base.open() ? theirs.open() : ours.open();
        if (open && merged.length() > 0) {
            merged.setLength(merged.length() - 1);
        }
        return isWhatWasMeant(merged.toString(), texts) ? new Outcome(merged.toString(), List.of()) : null;
    }

    private boolean isWhatWasMeant(String merged, Map<Piece.Key, String> texts) {
        var again = Pieces.of(path, merged);
        if (again == null || !again.byKey().keySet().equals(texts.keySet())) {
            return false;
        }
        return texts.entrySet().stream().allMatch(entry -> entry.getValue().equals(again.text(entry.getKey())));
    }

    /** The text of each piece that is left. */
    private Map<Piece.Key, String> texts() {
        var texts = new LinkedHashMap<Piece.Key, String>();
        for (var key : keys()) {
            var text = text(key, new ThreeTexts(path, base.text(key), ours.text(key), theirs.text(key)));
            if (text != null) {
                texts.put(key, text);
            }
        }
        for (var key : List.copyOf(texts.keySet())) {
            var head = ours.text(key.head()) != null ? ours.text(key.head()) : theirs.text(key.head());
            if (head != null) {
                texts.putIfAbsent(key.head(), head);
            }
        }
        return texts;
    }

    private Set<Piece.Key> keys() {
        var keys = new LinkedHashSet<>(ours.byKey().keySet());
        keys.addAll(theirs.byKey().keySet());
        return keys;
    }

    private @Nullable String text(Piece.Key key, ThreeTexts piece) {
        if (piece.agree()) {
            return piece.text();
        }
        if (isFrame(key)) {
            frameDiffers = true;
            return piece.of(frameTaken() == Side.THEIRS ? Side.THEIRS : Side.OURS);
        }
        var taken = piece.taken(key.inWords(), take);
        if (taken == null) {
            conflicts.add(piece.conflict(key.inWords()));
        }
        return piece.of(taken == Side.THEIRS ? Side.THEIRS : Side.OURS);
    }

    private boolean isFrame(Piece.Key key) {
        var our = ours.find(key);
        var their = theirs.find(key);
        return our != null && our.frame() && their != null && their.frame();
    }

    private @Nullable Side frameTaken() {
        return take.get(Conflict.key(path, Conflict.FRAME));
    }

    /** The empty lines above a piece, which are nothing to fight about. */
    private String gap(Piece.Key key) {
        var was = base.find(key);
        var our = ours.find(key);
        var their = theirs.find(key);
        if (our == null || their == null) {
            return our != null ? our.gap() : their != null ? their.gap() : "";
        }
        var gap = new ThreeTexts(path, was == null ? null : was.gap(), our.gap(), their.gap()).text();
        return gap == null ? "" : gap;
    }

    /** What stands below the last piece; comments there are worth deciding, empty lines are not. */
    private String tail() {
        var whole = new ThreeTexts(path, base.tail(), ours.tail(), theirs.tail());
        var told = new ThreeTexts(path, told(base), told(ours), told(theirs));
        if (told.agree()) {
            boolean onlyTheirs = whole.agree()
                    ? !ours.tail().equals(whole.text())
                    : !told(ours).equals(told.text());
            return onlyTheirs ? theirs.tail() : ours.tail();
        }
        frameDiffers = true;
        return frameTaken() == Side.THEIRS ? theirs.tail() : ours.tail();
    }

    private static String told(Pieces side) {
        return side.tail().lines().filter(line -> !line.isBlank()).collect(Collectors.joining("\n"));
    }
}
