package io.tappa.engine.identity;

/** The kinds of id under which a visitor may be known. */
public enum IdKind {
    /** Given by a site before sign-in; names one browser, app or device. */
    ANONYMOUS("anonymousId"),
    /** Given by the shop after sign-in; names one person. */
    USER("userId");

    private final String key;

    IdKind(String key) {
        this.key = key;
    }

    /** The name used in JSON, in stored state and in messages. */
    public String key() {
        return key;
    }
}
