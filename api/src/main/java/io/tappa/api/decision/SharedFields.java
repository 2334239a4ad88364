package io.tappa.api.decision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tappa.api.body.Body;
import io.tappa.api.body.Field;
import io.tappa.api.problem.HttpProblem;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import io.tappa.engine.problem.Suggestion;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.web.reactive.function.server.ServerRequest;

/**
 * Fields that all lines of a batch have in common, given once as parameters of the address.
 *
 * @param fields by name
 */
record SharedFields(ObjectNode fields) {
    private static final List<String> NAMES = List.of("touchpoint", "explain", "mode", "at", "budgetMs");

    /** Those of {@code request}; what {@code check} refuses in a body is refused under the name of its parameter. */
    static SharedFields of(ServerRequest request, Consumer<ObjectNode> check) {
        var fields = Body.create();
        request.queryParams().forEach((name, values) -> {
            if (!NAMES.contains(name)) {
                throw Field.wrong(
                        name,
                        "\"%s\" cannot be given once for all lines.".formatted(name),
                        Suggestion.cure(name, "parameters", NAMES));
            }
            var value = values.get(0);
            fields.put(name, value == null ? "" : value);
        });
        try {
            check.accept(fields);
        } catch (HttpProblem wrong) {
            throw new HttpProblem(
                    wrong.code(),
                    wrong.problems().stream().map(SharedFields::ofParameter).toList());
        }
        return new SharedFields(fields);
    }

    private static Problem ofParameter(Problem wrong) {
        var parameter = Place.pointer(wrong.place().source().replaceFirst("^/", ""));
        return Problem.error(wrong.code(), parameter, wrong.what(), wrong.cure());
    }

    /** Adds them to {@code line}; what a line says itself wins. */
    void addTo(ObjectNode line) {
        fields.properties().forEach(field -> {
            if (!line.hasNonNull(field.getKey())) {
                line.set(field.getKey(), field.getValue());
            }
        });
    }
}
