package io.tappa.api.imports;

import java.util.ArrayList;
import java.util.List;

/** Cuts a record into cells, line by line, since a record goes on over line ends within quotes. */
final class CsvCells {
    private static final char QUOTE = '"';

    private final char separator;
    private final List<String> cells = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private boolean quoted;
    private int length;

    CsvCells(char separator) {
        this.separator = separator;
    }

    /** Takes one more line of the record. */
    void line(String text) {
        length += text.length() + 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean doubled = c == QUOTE && quoted && i + 1 < text.length() && text.charAt(i + 1) == QUOTE;
            if (doubled) {
                cell.append(QUOTE);
                i++;
            } else if (c == QUOTE && (quoted || cell.toString().isBlank())) {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                endCell();
            } else {
                cell.append(c);
            }
        }
        if (quoted) {
            cell.append('\n');
        } else {
            endCell();
        }
    }

    private void endCell() {
        cells.add(cell.toString().trim());
        cell.setLength(0);
    }

    /** Whether a quote is open, so that the record goes on in the next line. */
    boolean goesOn() {
        return quoted;
    }

    int length() {
        return length;
    }

    List<String> cells() {
        return List.copyOf(cells);
    }
}
