package io.tappa.api.cli;

/** A command cannot go on, for a reason that a person can mend. */
final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailed(String message) {
        super(message, null, false, false);
    }
}
