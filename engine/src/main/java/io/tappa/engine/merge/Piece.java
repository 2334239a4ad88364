package io.tappa.engine.merge;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a file that is changed as one: an entry, or the line that entries stand under.
 *
 * @param section the top-level key it stands under, or is; empty in tables, {@value #REMARK} for comments that belong to no entry
 * @param id the entry under that key; empty for the key itself; of a remark its text and how many like it come before
 * @param frame whether it is no entry, but what entries stand under
 * @param indent how many spaces it is indented
 * @param gap the empty lines above
 * @param text its lines and the comments directly above them, each line with its end
 */
record Piece(String section, String id, boolean frame, int indent, String gap, String text) {
    static final String REMARK = "#";

    /** Names under these keys need nothing before them. */
    private static final Set<String> PLAIN = Set.of(
            "",
            "rules",
            "moves",
            "triggers",
            "scenarios",
            "experiments",
            "facts",
            "offers",
            "personas",
            "segments",
            "surveys",
            "touchpoints");

    /** What tells pieces of one file apart. */
    record Key(String section, String id) {
        /** How people call the entry. */
        String inWords() {
            if (id.isEmpty()) {
                return section;
            }
            return PLAIN.contains(section) ? id : section + "." + id;
        }

        /** The key of what it stands under. */
        Key head() {
            return new Key(section, "");
        }
    }

    Key key() {
        return new Key(section, id);
    }

    /** The same, indented otherwise. */
    Piece at(int otherIndent) {
        return otherIndent == indent
                ? this
                : new Piece(section, id, frame, otherIndent, gap, shifted(text, otherIndent - indent));
    }

    private static String shifted(String text, int by) {
        return text.lines()
                .map(line -> line.isBlank() ? line : by > 0 ? " ".repeat(by) + line : cut(line, -by))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String cut(String line, int most) {
        int spaces = 0;
        while (spaces < most && line.charAt(spaces) == ' ') {
            spaces++;
        }
        return line.substring(spaces);
    }
}
