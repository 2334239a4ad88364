package io.tappa.api.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Line;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rows of NDJSON: one object a line. */
final class JsonRows implements Rows {
    private final Lines lines;

    JsonRows(Lines lines) {
        this.lines = lines;
    }

    @Override
    public @Nullable Row next() throws IOException {
        var line = lines.next();
        while (line != null && line.text().isBlank()) {
            line = lines.next();
        }
        return line == null ? null : row(line);
    }

    private static Row row(Line line) {
        if (line.tooLong()) {
            return CsvRows.tooLong(line.number());
        }
        try {
            if (line.isUtf8() && Body.json(line.text()) instanceof ObjectNode object) {
                return Row.of(line.number(), line.text().length(), object);
            }
        } catch (JsonProcessingException noJson) {
            // the advice is the same
        }
        return Row.refused(
                line.number(), "bad-json", "The line is no JSON object.", "Write one JSON object a line, in UTF-8.");
    }
}
