package io.tappa.api.store;

/** What some ids lead to. */
public sealed interface Located {
    /** One visitor, perhaps one never seen. */
    record At(Home home) implements Located {}

    /** Two visitors, or a visitor who already is another person. */
    record Conflict() implements Located {}
}
