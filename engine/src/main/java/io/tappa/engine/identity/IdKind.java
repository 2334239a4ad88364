package io.tappa.engine.identity;

/** The kinds of id under which a visitor may be known; the order of stored ids, so new kinds come last. */
public enum IdKind {
    /** Given by a site before sign-in; names one browser or app. */
    ANONYMOUS("anonymousId", false),
    /** Given by the shop after sign-in; names one person, and nobody has two. */
    USER("userId", true),
    /** SHA-256 of an e-mail address, see {@link EmailHash}. */
    EMAIL("email", true),
    /** Number of a loyalty card. */
    CARD("card", true),
    /** Given by a phone or a kiosk. */
    DEVICE("device", false),
    /** No id at all, but several that are no longer told apart; nobody can send it. */
    FUSED("fused", false);

    private final String key;
    private final boolean person;

    IdKind(String key, boolean person) {
        this.key = key;
        this.person = person;
    }

    /** The name used in JSON, in stored state and in messages. */
    public String key() {
        return key;
    }

    /** Whether it names somebody, not something that several people may hold. */
    public boolean namesAPerson() {
        return person;
    }
}
