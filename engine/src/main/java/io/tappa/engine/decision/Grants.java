package io.tappa.engine.decision;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of things of which there is not enough for everybody.
 *
 * @param usedUp what there is no more of, by {@link Claim#what}
 * @param codes the visitor's codes, by their pool
 */
public record Grants(SortedMap<String, Spent> usedUp, SortedMap<String, String> codes) {
    /** There is enough of everything, as far as is known. */
    public static final Grants NONE = new Grants(new TreeMap<>(), new TreeMap<>());

    /** Stands for a code where none is given, since nothing is. */
    private static final String IMAGINED = "CODE";

    /**
     * How much of something is gone.
     *
     * @param used for good
     * @param held for those who have it reserved
     * @param limit how much there was; 0 where there is none for this visitor
     */
    public record Spent(long used, long held, long limit) {}

    public Grants {
        usedUp = Collections.unmodifiableSortedMap(new TreeMap<>(usedUp));
        codes = Collections.unmodifiableSortedMap(new TreeMap<>(codes));
    }

    /** For decisions that give nothing away: there is enough of everything, and each code is a word that is none. */
    public static Grants imagined(PackSnapshot pack) {
        var codes = new TreeMap<String, String>();
        pack.offers().all().stream()
                .map(offer -> offer.terms().codes())
                .filter(Objects::nonNull)
                .forEach(pool -> codes.put(pool, IMAGINED));
        return codes.isEmpty() ? NONE : new Grants(new TreeMap<>(), codes);
    }

    /** These, and that there is no more of {@code what}. */
    public Grants without(String what, Spent spent) {
        var all = new TreeMap<>(usedUp);
        all.put(what, spent);
        return new Grants(all, codes);
    }

    /** These, and a code. */
    public Grants with(String pool, String code) {
        var all = new TreeMap<>(codes);
        all.put(pool, code);
        return new Grants(usedUp, all);
    }

    /** How much is gone of something of which there is no more, else null. */
    @Nullable
    Spent spent(Claim.Kind kind, String name) {
        return usedUp.get(kind.of(name));
    }

    /** The visitor's code for {@code offer}; the empty text while there is none. */
    String code(Offer offer) {
        var pool = offer.terms().codes();
        return pool == null ? "" : codes.getOrDefault(pool, "");
    }
}
