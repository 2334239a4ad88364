package io.tappa.engine.merge;

import io.tappa.engine.problem.Problems;
import io.tappa.engine.rule.file.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the rows of a table by their ids, and the lines of a list of codes. */
final class TableMarks {
    private static final String CODES = "codes/";
    private static final String ID = "id";
    private static final int NO_COMMENTS = -1;
    private static final Pattern EMPTY = Pattern.compile("[,;\\s]*");

    private TableMarks() {}

    /** The header and all rows in their order; null where rows have no ids, or the table cannot be read. */
    static @Nullable List<Mark> of(String path, String content) {
        var lines = content.lines().toList();
        return path.startsWith(CODES) ? codes(lines) : rows(path, content, lines);
    }

    private static List<Mark> codes(List<String> lines) {
        var marks = new ArrayList<Mark>();
        for (int line = 0; line < lines.size(); line++) {
            if (!lines.get(line).isBlank()) {
                marks.add(new Mark("", lines.get(line).strip(), false, line, line, NO_COMMENTS));
            }
        }
        return marks;
    }

    private static @Nullable List<Mark> rows(String path, String content, List<String> lines) {
        var problems = new Problems();
        var table = Table.read(path, content, problems);
        if (table == null || problems.count() > 0) {
            return null;
        }
        int column = table.header().stream().map(Table.Cell::text).toList().indexOf(ID);
        if (column < 0) {
            return null;
        }
        var marks = new ArrayList<Mark>();
        int next = table.rows().isEmpty() ? lines.size() : line(table.rows().get(0));
        marks.add(mark("", true, lines, 0, next));
        for (int row = 0; row < table.rows().size(); row++) {
            var cells = table.rows().get(row);
            next = row + 1 < table.rows().size() ? line(table.rows().get(row + 1)) : lines.size();
            marks.add(mark(cells.get(column).text(), false, lines, line(cells), next));
        }
        return marks.stream().skip(1).anyMatch(mark -> mark.id().isEmpty()) ? null : marks;
    }

    private static int line(List<Table.Cell> row) {
        return row.get(0).place().line() - 1;
    }

    /** Empty rows below belong to none. */
    private static Mark mark(String id, boolean frame, List<String> lines, int first, int next) {
        int last = next - 1;
        while (last > first && EMPTY.matcher(lines.get(last)).matches()) {
            last--;
        }
        return new Mark("", id, frame, first, last, NO_COMMENTS);
    }
}
