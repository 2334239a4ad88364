package io.tappa.engine.rule.file;

import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table from a CSV file (RFC 4180; comma or semicolon, with or without a byte order mark).
 *
 * @param header the first row
 * @param rows the rows below it; each with as many cells as the header
 */
public record Table(List<Cell> header, List<List<Cell>> rows) {
    /**
     * One cell with its place.
     *
     * @param text what stands in it, trimmed
     * @param place where it stands, with its cell name
     */
    public record Cell(String text, Place place) {}

    public Table {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /** The table in {@code content}, or null after noting why it cannot be read. */
    public static @Nullable Table read(String file, String content, Problems problems) {
        if (content.length() > YamlFile.LONGEST) {
            problems.error(
                    "too-large",
                    Place.file(file),
                    "The table has more than %,d characters.".formatted(YamlFile.LONGEST),
                    "Split it into several files of the same folder.");
            return null;
        }
        var rows = new Splitter(file, content).rows(problems);
        if (rows == null || rows.isEmpty()) {
            if (rows != null) {
                problems.error("empty-file", Place.file(file), "The table is empty.", "Fill it, or delete it.");
            }
            return null;
        }
        var header = rows.get(0);
        var body = new ArrayList<List<Cell>>();
        for (var row : rows.subList(1, rows.size())) {
            if (row.stream().allMatch(cell -> cell.text().isEmpty())) {
                continue;
            }
            if (row.size() != header.size()) {
                problems.error(
                        "wrong-row",
                        row.get(0).place(),
                        "The row has %d cells, the header has %d.".formatted(row.size(), header.size()),
                        "Put a text with commas into double quotes, and fill missing cells with nothing between commas.");
                continue;
            }
            body.add(List.copyOf(row));
        }
        return new Table(header, body);
    }

    /** Cuts the text into cells. */
    private static final class Splitter {
        private final String file;
        private final String text;
        private final char separator;
        private int at;
        private int line = 1;

        Splitter(String file, String content) {
            this.file = file;
            this.text = content.startsWith("\uFEFF") ? content.substring(1) : content;
            var firstLine = text.lines().findFirst().orElse("");
            this.separator = firstLine.contains(";") && !firstLine.contains(",") ? ';' : ',';
        }

        @Nullable
        List<List<Cell>> rows(Problems problems) {
            var rows = new ArrayList<List<Cell>>();
            while (at < text.length()) {
                var row = row(problems);
                if (row == null) {
                    return null;
                }
                rows.add(row);
            }
            return rows;
        }

        private @Nullable List<Cell> row(Problems problems) {
            var cells = new ArrayList<Cell>();
            while (true) {
                var place = new Place(file, line, 1, name(cells.size()) + line, null);
                var cell = cell(place, problems);
                if (cell == null) {
                    return null;
                }
                cells.add(new Cell(cell.trim(), place));
                if (at >= text.length()) {
                    return cells;
                }
                char end = text.charAt(at++);
                if (end == '\r' && at < text.length() && text.charAt(at) == '\n') {
                    at++;
                }
                if (end != separator) {
                    line++;
                    return cells;
                }
                if (at >= text.length()) {
                    cells.add(new Cell("", new Place(file, line, 1, name(cells.size()) + line, null)));
                    return cells;
                }
            }
        }

        private @Nullable String cell(Place place, Problems problems) {
            if (text.charAt(at) != '"') {
                int start = at;
                while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
                    at++;
                }
                return text.substring(start, at);
            }
            var cell = new StringBuilder();
            at++;
            while (at < text.length()) {
                char c = text.charAt(at++);
                if (c != '"') {
                    cell.append(c);
                    line += c == '\n' ? 1 : 0;
                } else if (at < text.length() && text.charAt(at) == '"') {
                    cell.append('"');
                    at++;
                } else {
                    while (at < text.length() && text.charAt(at) != separator && !isLineEnd(text.charAt(at))) {
                        at++;
                    }
                    return cell.toString();
                }
            }
            problems.error(
                    "unreadable-table", place, "The quote opened here is never closed.", "Add the closing quote.");
            return null;
        }

        private static boolean isLineEnd(char c) {
            return c == '\n' || c == '\r';
        }

        /** A, B, … Z, AA, AB as spreadsheets name their columns. */
        private static String name(int column) {
            var name = new StringBuilder();
            for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
                name.insert(0, (char) ('A' + (rest - 1) % 26));
            }
            return name.toString();
        }
    }
}
