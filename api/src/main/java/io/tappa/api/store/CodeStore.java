package io.tappa.api.store;

import io.tappa.engine.identity.VisitorKey;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Mono;

/** Codes that are given once, one of each pool to a person, for good. All calls may be sent again. */
public interface CodeStore {
    /**
     * A code somebody has.
     *
     * @param code the code
     * @param left how many of its pool nobody has yet
     */
    record Given(String code, long left) {}

    /**
     * How many codes a pool has.
     *
     * @param all all that are to be given or were given
     * @param left those that nobody has yet
     */
    record Level(long all, long left) {
        /** A pool of which less than one in so many is left is low. */
        private static final int LOW_PART = 10;

        /** Whether hardly any are left. */
        public boolean isLow() {
            return left * LOW_PART < all;
        }
    }

    /**
     * Makes {@code codes} the ones that a pool gives: new ones are added behind the others, and those that are not among
     * them and that nobody has are taken out.
     */
    Mono<Void> load(String pool, List<String> codes);

    /** The code of the person known at {@code places}, the own one first; a new one for the first place if there is none; empty when none is left. */
    Mono<Given> give(String pool, List<VisitorKey> places);

    /** How many codes of a pool there are. */
    Mono<Level> level(String pool);

    /** Forgets who has which code at {@code places}; nobody gets these codes again. */
    Mono<Void> forget(Collection<VisitorKey> places);
}
