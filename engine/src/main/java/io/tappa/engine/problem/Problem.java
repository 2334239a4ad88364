package io.tappa.engine.problem;

/**
 * Something wrong that a person can mend: one type for HTTP, events and rule files.
 *
 * @param severity whether it stops anything
 * @param code stable kebab-case name, such as {@code unknown-stage}
 * @param place where it is
 * @param what one sentence of fact, in the author's own words
 * @param cure one sentence that says how to mend it
 */
public record Problem(Severity severity, String code, Place place, String what, String cure) {
    /** Whether a problem stops what was asked. */
    public enum Severity {
        ERROR,
        /** Most likely a mistake, though everything works. */
        WARNING,
        /** Perhaps meant so. */
        NOTE
    }

    /** A problem that stops what was asked. */
    public static Problem error(String code, Place place, String what, String cure) {
        return new Problem(Severity.ERROR, code, place, what, cure);
    }

    /** A problem worth knowing that stops nothing. */
    public static Problem warning(String code, Place place, String what, String cure) {
        return new Problem(Severity.WARNING, code, place, what, cure);
    }

    /** Something that may well be meant so, for whoever tidies up. */
    public static Problem note(String code, Place place, String what, String cure) {
        return new Problem(Severity.NOTE, code, place, what, cure);
    }

    /** Three lines for a person: where, what, how to mend it. */
    public String inWords() {
        var rule = place.rule() == null ? "" : ", rule " + place.rule();
        return "%s (%s)%s%n  %s%n  %s".formatted(place.inWords(), code, rule, what, cure);
    }
}
