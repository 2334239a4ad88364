package io.tappa.engine.decision;

import io.tappa.engine.campaign.Campaign;
import io.tappa.engine.contact.Contact;
import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.touchpoint.Placement;
import io.tappa.engine.visitor.Memory;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What filters look at.
 *
 * @param pack the rules of the game
 * @param inputs the visitor, and what holds around
 * @param contents the texts of offers for this visitor
 * @param placement the placement to be filled
 * @param keepingAway the rules that match and say what must not be shown there
 * @param memory what was decided so far, on this page too
 * @param placedAt where on this page each offer stands, by the offer's key
 * @param products the products in lists on this page
 */
record Scene(
        PackSnapshot pack,
        Inputs inputs,
        Contents contents,
        Placement placement,
        List<Rule> keepingAway,
        Memory memory,
        Map<String, String> placedAt,
        Set<String> products) {
    String channel() {
        return inputs.request().touchpoint().channel();
    }

    /** The visitor's variation of each experiment that runs here. */
    SortedMap<String, String> variations() {
        var here = new TreeMap<String, String>();
        for (var experiment : pack.programme().experiments().at(placement.fullName())) {
            var variation = inputs.lots().variations().get(experiment.key());
            if (variation != null) {
                here.put(experiment.key(), variation);
            }
        }
        return here;
    }

    /** What it would be to show {@code offer} here, for the contact policy. */
    Contact contact(Offer offer) {
        var campaign = campaign(offer);
        return new Contact(offer, channel(), campaign == null ? null : campaign.key());
    }

    /** The campaign that {@code offer} belongs to now, or null. */
    @Nullable
    Campaign campaign(Offer offer) {
        return pack.programme().campaigns().of(offer.key(), nowMillis());
    }

    long nowMillis() {
        return inputs.request().atMillis();
    }

    Instant now() {
        return Instant.ofEpochMilli(nowMillis());
    }

    ZoneId zone() {
        return inputs.facts().zone();
    }

    ContactHistory contacts() {
        return memory.contacts();
    }

    Nearest visitor() {
        return new Nearest(pack.facts(), inputs.facts());
    }
}
