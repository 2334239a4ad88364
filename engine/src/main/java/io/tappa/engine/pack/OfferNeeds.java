package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.condition.Condition;
import io.tappa.engine.condition.ValueSet.Known;
import io.tappa.engine.condition.ValueSet.Words;
import io.tappa.engine.offer.Offer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What offers ask of a visitor beside the rules that show them: that they are in segments, and that what stands in texts is known. */
public final class OfferNeeds {
    private OfferNeeds() {}

    /** All that must hold for {@code offers} to be shown at {@code atMillis}. */
    public static Box of(PackSnapshot pack, Collection<Offer> offers, long atMillis) {
        var conditions = new ArrayList<Condition>();
        for (var offer : offers) {
            var campaign = pack.programme().campaigns().of(offer.key(), atMillis);
            addSegment(pack, offer.terms().segment(), conditions);
            addSegment(pack, campaign == null ? null : campaign.segment(), conditions);
            offer.factsInTexts().forEach(fact -> conditions.add(new Condition(fact, new Known(true))));
        }
        return new Box(conditions.stream().distinct().toList());
    }

    private static void addSegment(PackSnapshot pack, @Nullable String name, List<Condition> conditions) {
        if (name != null) {
            var segments = pack.facts().facts().get(pack.segments().factIndex());
            conditions.add(new Condition(segments, new Words(new TreeSet<>(List.of(name)), false)));
        }
    }
}
