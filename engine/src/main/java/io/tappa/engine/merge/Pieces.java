package io.tappa.engine.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file cut into pieces, which in their order, with the tail, are the file.
 *
 * @param byKey the pieces in their order
 * @param tail what stands below the last piece
 * @param open whether the last line has no end
 */
record Pieces(Map<Piece.Key, Piece> byKey, String tail, boolean open) {
    static final Pieces NONE = new Pieces(Map.of(), "", false);

    Pieces {
        byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
    }

    /** The pieces of a file; null where its entries cannot be told apart. */
    static @Nullable Pieces of(String path, @Nullable String content) {
        if (content == null) {
            return NONE;
        }
        var marks = path.endsWith(".csv") ? TableMarks.of(path, content) : YamlMarks.of(path, content);
        return marks == null ? null : cut(content, marks);
    }

    /** Cuts the lines at {@code marks}, which come in the order of the lines; null where they do not, or one key comes twice. */
    private static @Nullable Pieces cut(String content, List<Mark> marks) {
        var lines = new ArrayList<>(List.of(content.split("\n", -1)));
        boolean open = !lines.get(lines.size() - 1).isEmpty();
        if (!open) {
            lines.remove(lines.size() - 1);
        }
        var pieces = new ArrayList<Piece>();
        int done = 0;
        for (int i = 0; i < marks.size(); i++) {
            var mark = marks.get(i);
            int limit = i + 1 < marks.size() ? marks.get(i + 1).first() : lines.size();
            if (mark.first() < done || mark.last() >= limit) {
                return null;
            }
            int top = mark.first();
            while (mark.hasComments() && top > done && isComment(lines.get(top - 1))) {
                top--;
            }
            int end = mark.last() + 1;
            while (mark.hasComments() && !mark.frame() && end < limit && isInside(lines.get(end), mark.indent())) {
                end++;
            }
            var gap = remarks(lines.subList(done, top), pieces);
            pieces.add(new Piece(
                    mark.section(), mark.id(), mark.frame(), mark.indent(), gap, joined(lines.subList(top, end))));
            done = end;
        }
        var byKey = new LinkedHashMap<Piece.Key, Piece>();
        pieces.forEach(piece -> byKey.put(piece.key(), piece));
        return byKey.size() < pieces.size() ? null : new Pieces(byKey, joined(lines.subList(done, lines.size())), open);
    }

    /** Adds the remarks in {@code lines}, which belong to no entry, to {@code pieces}, and answers the empty lines below them. */
    private static String remarks(List<String> lines, List<Piece> pieces) {
        var gap = new StringBuilder();
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).isBlank()) {
                gap.append(lines.get(line)).append('\n');
                continue;
            }
            int first = line;
            while (line + 1 < lines.size() && !lines.get(line).isBlank()) {
                line++;
            }
            var text = joined(lines.subList(first, line + 1));
            pieces.add(new Piece(Piece.REMARK, numbered(text, pieces), true, 0, gap.toString(), text));
            gap.setLength(0);
        }
        return gap.toString();
    }

    private static String numbered(String remark, List<Piece> pieces) {
        return remark
                + pieces.stream()
                        .filter(piece -> piece.section().equals(Piece.REMARK)
                                && piece.text().equals(remark))
                        .count();
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("#");
    }

    /** A comment below an entry that is indented further than the entry belongs to it. */
    private static boolean isInside(String line, int indent) {
        return isComment(line) && line.length() - line.stripLeading().length() > indent;
    }

    private static String joined(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    /** The file again. */
    String text() {
        var text = new StringBuilder();
        byKey.values().forEach(piece -> text.append(piece.gap()).append(piece.text()));
        text.append(tail);
        if (open && text.length() > 0) {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    /** All that is no entry. */
    String frame() {
        var text = new StringBuilder();
        byKey.values().forEach(piece -> text.append(piece.gap()).append(piece.frame() ? piece.text() : ""));
        return text.append(tail).toString();
    }

    /** How many spaces the entries of each section are indented. */
    Map<String, Integer> indents() {
        var indents = new HashMap<String, Integer>();
        byKey.values().stream()
                .filter(piece -> !piece.id().isEmpty())
                .forEach(piece -> indents.putIfAbsent(piece.section(), piece.indent()));
        return indents;
    }

    /** The same with the entries of some sections indented otherwise. */
    Pieces at(Map<String, Integer> indents) {
        var shifted = new LinkedHashMap<Piece.Key, Piece>();
        byKey.forEach((key, piece) -> shifted.put(
                key, key.id().isEmpty() ? piece : piece.at(indents.getOrDefault(key.section(), piece.indent()))));
        return new Pieces(shifted, tail, open);
    }

    /** The piece of this key, or null. */
    @Nullable
    Piece find(Piece.Key key) {
        return byKey.get(key);
    }

    /** The text of the piece of this key, or null. */
    @Nullable
    String text(Piece.Key key) {
        var piece = byKey.get(key);
        return piece == null ? null : piece.text();
    }
}
