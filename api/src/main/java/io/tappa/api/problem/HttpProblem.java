package io.tappa.api.problem;

import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.util.List;

/** What is wrong with a request, on its way to becoming the answer. */
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ProblemCode code;
    private final transient List<Problem> problems;

    /** A refusal for one or several reasons. */
    public HttpProblem(ProblemCode code, List<Problem> problems) {
        super(problems.isEmpty() ? code.key() : problems.get(0).what(), null, false, false);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    /** A refusal for one reason; {@code pointer} is a JSON pointer into the body, or the name of a parameter. */
    public HttpProblem(ProblemCode code, String pointer, String what, String cure) {
        this(code, Problem.error(code.key(), Place.pointer(pointer), what, cure));
    }

    /** A refusal for one reason with a code of its own. */
    public HttpProblem(ProblemCode code, Problem problem) {
        this(code, List.of(problem));
    }

    /** The code, and with it the status. */
    public ProblemCode code() {
        return code;
    }

    /** The reasons, each with its place and cure. */
    public List<Problem> problems() {
        return problems;
    }
}
