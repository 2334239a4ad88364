package io.tappa.api.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the rows of a file beside what the service says of them; the service itself keeps none. */
final class RefusedRows {
    private final TreeMap<Long, ObjectNode> byLine = new TreeMap<>();

    /** The refused lines, one JSON object each. */
    RefusedRows(List<String> refused) throws JsonProcessingException {
        for (var line : refused) {
            if (Body.json(line) instanceof ObjectNode json) {
                byLine.put(json.path("line").asLong(), json);
            }
        }
    }

    /** Writes them to {@code to}, each with its row of {@code file} where that can be read again. */
    void write(String file, Path to) throws IOException {
        if (!file.equals("-")) {
            addRows(file);
        }
        try (var out = new PrintWriter(Files.newBufferedWriter(to))) {
            byLine.values().forEach(json -> out.print(Body.text(json) + "\n"));
        }
    }

    private void addRows(String file) throws IOException {
        try (var rows = RowFile.open(file, percent -> {})) {
            var type = rows.contentType();
            if (type.endsWith("xml")) {
                return;
            }
            var lines = new BufferedReader(new InputStreamReader(rows.content(), StandardCharsets.UTF_8));
            boolean table = type.equals("text/csv");
            long number = 1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var json = byLine.get(number);
                if (json != null) {
                    var row = table ? whole(line, lines) : line;
                    json.put("row", row);
                    number += row.chars().filter(c -> c == '\n').count();
                }
                number++;
            }
        }
    }

    /** A row of a table goes on over line ends within quotes. */
    private static String whole(String first, BufferedReader lines) throws IOException {
        var row = new StringBuilder(first);
        while (row.chars().filter(c -> c == '"').count() % 2 == 1) {
            @Nullable String next = lines.readLine();
            if (next == null) {
                break;
            }
            row.append('\n').append(next);
        }
        return row.toString();
    }
}
