package io.tappa.api.store;

/** The store does not answer; nothing is known of what was asked of it. */
public final class StoreUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what happened, for the log. */
    public StoreUnavailable(String message, Throwable cause) {
        super(message, cause, false, false);
    }

    /** Says what happened, for the log. */
    public StoreUnavailable(String message) {
        super(message, null, false, false);
    }
}
