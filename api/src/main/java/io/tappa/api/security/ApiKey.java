package io.tappa.api.security;

/**
 * Who asks.
 *
 * @param id stable name of the key, never the key itself
 * @param kind what it may do
 * @param local whether this is a demo key of a service that only this machine can reach
 */
public record ApiKey(String id, Kind kind, boolean local) {
    /** What a key may do. */
    public enum Kind {
        /** Stands in web pages: may send events and ask for decisions. */
        PUBLISHABLE,
        /** Stays on servers: may do everything. */
        SECRET
    }

    /** Whether answers may tell stage, rule and reason. */
    public boolean seesInside() {
        return kind == Kind.SECRET || local;
    }
}
