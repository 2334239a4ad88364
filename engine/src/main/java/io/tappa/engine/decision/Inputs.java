package io.tappa.engine.decision;

import io.tappa.engine.fact.FactValues;
import io.tappa.engine.offer.ProductLists;
import io.tappa.engine.pack.Lots;
import io.tappa.engine.visitor.Memory;

/**
 * All that a decision depends on beside the pack, and so all that must be written down to make it again.
 *
 * @param request what is asked, when
 * @param facts what is known of the visitor
 * @param memory what earlier decisions left
 * @param consents what the visitor consented to
 * @param lots what was drawn for the visitor
 * @param around what is the same for everybody at this moment
 * @param grants what is known of things of which there is not enough for everybody
 * @param products what lists of products can show
 */
public record Inputs(
        DecisionRequest request,
        FactValues facts,
        Memory memory,
        Permissions consents,
        Lots lots,
        Surroundings around,
        Grants grants,
        ProductLists products) {
    /** Without lists of products. */
    public Inputs(
            DecisionRequest request,
            FactValues facts,
            Memory memory,
            Permissions consents,
            Lots lots,
            Surroundings around,
            Grants grants) {
        this(request, facts, memory, consents, lots, around, grants, ProductLists.NONE);
    }

    /** With enough of everything. */
    public Inputs(
            DecisionRequest request,
            FactValues facts,
            Memory memory,
            Permissions consents,
            Lots lots,
            Surroundings around) {
        this(request, facts, memory, consents, lots, around, Grants.NONE);
    }

    /** Somebody to whom nothing was shown yet, who said nothing about consent, on an ordinary day. */
    public static Inputs of(DecisionRequest request, FactValues facts) {
        return new Inputs(request, facts, Memory.NONE, Permissions.UNSAID, Lots.NONE, Surroundings.NONE);
    }

    /** The same after earlier decisions. */
    public Inputs after(Memory earlier) {
        return new Inputs(request, facts, earlier, consents, lots, around, grants, products);
    }

    /** The same, with what is known of scarce things. */
    public Inputs with(Grants known) {
        return new Inputs(request, facts, memory, consents, lots, around, known, products);
    }

    /** The same, with what lists of products can show. */
    public Inputs with(ProductLists found) {
        return new Inputs(request, facts, memory, consents, lots, around, grants, found);
    }
}
