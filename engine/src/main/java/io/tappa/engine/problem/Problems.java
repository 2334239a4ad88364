package io.tappa.engine.problem;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers what is wrong, so that an author hears of everything at once. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    /** Notes {@code problem}. */
    public void add(Problem problem) {
        found.add(problem);
    }

    /** Notes an error. */
    public void error(String code, Place place, String what, String cure) {
        found.add(Problem.error(code, place, what, cure));
    }

    /** Notes a warning. */
    public void warning(String code, Place place, String what, String cure) {
        found.add(Problem.warning(code, place, what, cure));
    }

    /** Notes something that may well be meant so. */
    public void note(String code, Place place, String what, String cure) {
        found.add(Problem.note(code, place, what, cure));
    }

    /** Says of all problems noted after the first {@code before} that they are inside {@code name}. */
    public void nameSince(int before, @Nullable String name) {
        for (int i = before; name != null && !name.isEmpty() && i < found.size(); i++) {
            var problem = found.get(i);
            if (problem.place().rule() == null) {
                found.set(
                        i,
                        new Problem(
                                problem.severity(),
                                problem.code(),
                                problem.place().inside(name),
                                problem.what(),
                                problem.cure()));
            }
        }
    }

    /** Whether any error was noted. */
    public boolean hasErrors() {
        return hasErrorsSince(0);
    }

    /** Whether any error was noted after the first {@code before} problems. */
    public boolean hasErrorsSince(int before) {
        return found.stream().skip(before).anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    }

    /** How many problems were noted so far. */
    public int count() {
        return found.size();
    }

    /** All problems, in the order they were found. */
    public List<Problem> all() {
        return Collections.unmodifiableList(found);
    }
}
