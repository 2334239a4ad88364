package io.tappa.engine.problem;

import org.jspecify.annotations.Nullable;

/**
 * Where a problem is.
 *
 * @param source the file, relative to the pack, or a JSON pointer into the request body
 * @param line line in the file from 1, or 0 where lines mean nothing
 * @param column column from 1, or 0
 * @param cell cell of a table such as {@code D3}, or null
 * @param rule id of the rule, offer, fact or other named thing around it, or null
 */
public record Place(
        String source,
        int line,
        int column,
        @Nullable String cell,
        @Nullable String rule) {
    /** A whole file. */
    public static Place file(String file) {
        return new Place(file, 0, 0, null, null);
    }

    /** A point in a file. */
    public static Place at(String file, int line, int column) {
        return new Place(file, line, column, null, null);
    }

    /** A point in a request body, as a JSON pointer. */
    public static Place pointer(String pointer) {
        return new Place(pointer, 0, 0, null, null);
    }

    /** The same place, said to be inside {@code rule}. */
    public Place inside(String rule) {
        return new Place(source, line, column, cell, rule);
    }

    /** The place in words: file, line and column or cell. */
    public String inWords() {
        var words = new StringBuilder(source);
        if (cell != null) {
            words.append(", cell ").append(cell);
        } else if (line > 0) {
            words.append(", line ").append(line).append(", column ").append(column);
        }
        return words.toString();
    }
}
