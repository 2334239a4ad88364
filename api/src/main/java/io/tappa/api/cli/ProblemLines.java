package io.tappa.api.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Locale;

/** What a service thinks of files, a line each. */
final class ProblemLines {
    private ProblemLines() {}

    /** Prints a list of problems as the service sends it. */
    static void print(JsonNode problems, PrintWriter out) {
        for (var problem : problems) {
            var severity = problem.path("severity").asText();
            out.println("%s: %s, line %s: %s %s"
                    .formatted(
                            severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1),
                            problem.path("file").asText(problem.path("pointer").asText()),
                            problem.path("line").asText("–"),
                            problem.path("detail").asText(),
                            problem.path("cure").asText()));
        }
    }
}
