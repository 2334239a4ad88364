package io.tappa.engine.rule.file;

import io.tappa.engine.fact.Fact;
import io.tappa.engine.fact.FactCatalog;
import io.tappa.engine.offer.OfferCatalog;
import io.tappa.engine.touchpoint.Touchpoints;
import java.util.Objects;

/**
 * All names that rules may use.
 *
 * @param facts the facts, the built-in ones among them
 * @param touchpoints where rules may apply
 * @param offers what rules may show
 */
public record Vocabulary(FactCatalog facts, Touchpoints touchpoints, OfferCatalog offers) {
    /** Name of the built-in fact of the present stage in the default journey. */
    public static final String STAGE = "stage";
    /** Name of the built-in fact of all stages entered in the default journey. */
    public static final String REACHED = "reached";
    /** Name of the built-in fact of the personas that match. */
    public static final String PERSONA = "persona";
    /** Name of the built-in fact of the segments that match. */
    public static final String SEGMENT = "segment";
    /** Name of the built-in fact of the touchpoint asked for. */
    public static final String TOUCHPOINT = "touchpoint";
    /** Name of the built-in fact of the event being judged. */
    public static final String EVENT = "event";

    /** The built-in fact called {@code name}. */
    public Fact builtIn(String name) {
        return Objects.requireNonNull(facts.find(name), name);
    }

    /** The name of a built-in fact about a journey that is not the default one. */
    public static String of(String builtIn, String journey) {
        return builtIn + " of " + journey;
    }
}
