package io.tappa.engine.experiment;

import java.util.Arrays;

/** Pearson's chi-square tests of what the tests count. */
final class Tally {
    private Tally() {}

    /** How probable counts are that are as uneven or more, if all are expected to be the same. */
    static double evenness(long... counts) {
        double expected = (double) Arrays.stream(counts).sum() / counts.length;
        double statistic = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        return ChiSquare.probabilityAbove(statistic, counts.length - 1);
    }

    /** How probable a table is whose rows and columns depend on each other as much or more, if they do not. */
    static double independence(long[][] table) {
        var rows =
                Arrays.stream(table).mapToLong(row -> Arrays.stream(row).sum()).toArray();
        var columns = new long[table[0].length];
        for (var row : table) {
            Arrays.setAll(columns, column -> columns[column] + row[column]);
        }
        double all = Arrays.stream(rows).sum();
        double statistic = 0;
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < columns.length; column++) {
                double expected = rows[row] * columns[column] / all;
                statistic += (table[row][column] - expected) * (table[row][column] - expected) / expected;
            }
        }
        return ChiSquare.probabilityAbove(statistic, (rows.length - 1) * (columns.length - 1));
    }
}
