package io.tappa.api.imports;

import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.body.Line;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of CSV (RFC 4180) with a header; comma, semicolon or tab, whichever the header has most of. */
final class CsvRows implements Rows {
    private static final List<Character> SEPARATORS = List.of(';', '\t');

    private final Lines lines;
    private List<String> header = List.of();
    private char separator = ',';

    CsvRows(Lines lines) {
        this.lines = lines;
    }

    @Override
    public @Nullable Row next() throws IOException {
        if (header.isEmpty()) {
            readHeader();
        }
        var line = lines.next();
        while (line != null && line.text().isBlank()) {
            line = lines.next();
        }
        return line == null ? null : row(line);
    }

    private void readHeader() throws IOException {
        var line = lines.next();
        if (line == null || line.text().isBlank() || line.tooLong() || !line.isUtf8()) {
            throw Field.wrong("", "The body does not begin with a header row in UTF-8.", "Name the columns in line 1.");
        }
        for (char candidate : SEPARATORS) {
            separator = count(line.text(), candidate) > count(line.text(), separator) ? candidate : separator;
        }
        var cells = new CsvCells(separator);
        cells.line(line.text());
        var names = new HashSet<String>();
        for (var name : cells.cells()) {
            if (!name.isEmpty() && !names.add(name)) {
                throw Field.wrong("", "The column \"%s\" is there twice.".formatted(name), "Rename one of them.");
            }
        }
        if (names.isEmpty() || cells.goesOn()) {
            throw Field.wrong(
                    "", "The header row names no columns.", "Name the columns in line 1, separated by commas.");
        }
        header = cells.cells();
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private Row row(Line first) throws IOException {
        var record = new CsvCells(separator);
        boolean utf8 = true;
        var line = first;
        while (true) {
            if (line == null || line.tooLong() || record.length() + line.text().length() > Lines.LONGEST) {
                return tooLong(first.number());
            }
            utf8 &= line.isUtf8();
            record.line(line.text());
            if (!record.goesOn()) {
                return utf8 ? row(first.number(), record) : notUtf8(first.number());
            }
            line = lines.next();
        }
    }

    private Row row(long line, CsvCells record) {
        var cells = record.cells();
        if (cells.size() != header.size()) {
            return Row.refused(
                    line,
                    "wrong-row",
                    "The row has %d cells, the header has %d.".formatted(cells.size(), header.size()),
                    "Put a text with the separator into double quotes, and leave missing cells empty.");
        }
        var fields = Body.create();
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty() && !header.get(i).isEmpty()) {
                fields.put(header.get(i), cells.get(i));
            }
        }
        return Row.of(line, record.length(), fields);
    }

    static Row tooLong(long line) {
        return Row.refused(
                line,
                "too-large",
                "The row has more than %,d bytes, or a quote opened in it is never closed.".formatted(Lines.LONGEST),
                "Leave out long columns, and close every quote.");
    }

    private static Row notUtf8(long line) {
        return Row.refused(line, "bad-text", "The line is not in UTF-8.", "Save the file as CSV in UTF-8.");
    }
}
