package io.tappa.api.imports;

import io.tappa.api.problem.HttpProblem;
import io.tappa.api.problem.ProblemCode;
import io.tappa.engine.problem.Suggestion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What can be imported. */
enum ImportKind {
    PEOPLE,
    ORDERS,
    PRODUCTS,
    EVENTS,
    CONSENTS,
    SUPPRESSIONS;

    private static final List<String> KEYS =
            Arrays.stream(values()).map(ImportKind::key).toList();

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ImportKind of(String key) {
        for (var kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw new HttpProblem(
                ProblemCode.NOT_FOUND,
                "/v1/data/" + key,
                "There are no imports of \"%s\".".formatted(key),
                Suggestion.cure(key, "kinds", KEYS));
    }
}
