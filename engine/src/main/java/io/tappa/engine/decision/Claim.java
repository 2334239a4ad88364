package io.tappa.engine.decision;

/**
 * Something of which there is not enough for everybody, and that must be reserved before the answer may be given.
 *
 * @param kind of what
 * @param name the campaign whose budget it is, or the pool of codes
 * @param placement full name of the placement where it would be shown
 * @param offer key of the offer
 * @param amount how much of it, in the units of {@code limit}
 * @param limit how much there is in all: displays, minor units of the pack's currency, or codes
 */
public record Claim(Kind kind, String name, String placement, String offer, long amount, long limit) {
    /** What there is not enough of. */
    public enum Kind {
        /** The budget of a campaign. */
        BUDGET("budget:"),
        /** Codes that are given once. */
        CODE("codes:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        /** How it is called in {@link Grants}. */
        String of(String name) {
            return prefix + name;
        }
    }

    /** How it is called in {@link Grants}. */
    public String what() {
        return kind.of(name);
    }
}
