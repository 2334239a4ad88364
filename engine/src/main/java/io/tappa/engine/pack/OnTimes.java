package io.tappa.engine.pack;

import io.tappa.engine.condition.Box;
import io.tappa.engine.contact.Contact;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.Source;
import io.tappa.engine.offer.Offer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.stream.LongStream;

/**
 * When somebody can ask so that offers are on and it is the time that a rule asks for.
 *
 * @param channel the channel on which they ask
 */
public record OnTimes(PackSnapshot pack, String channel) {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HOURS_OF_A_WEEK = 168;

    /** The hours of the week after {@code beginMillis} at which {@code asked} holds, as far as it asks for the time, and all offers are on. */
    public LongStream hours(Box asked, Collection<Offer> offers, long beginMillis) {
        return LongStream.range(0, HOURS_OF_A_WEEK)
                .map(hour -> beginMillis + hour * HOUR)
                .filter(millis -> offers.stream().allMatch(offer -> isOn(offer, millis)))
                .filter(millis -> isTime(asked, millis));
    }

    private boolean isTime(Box asked, long atMillis) {
        var ofTime = asked.conditions().stream()
                .filter(condition -> Source.isLocalTime(condition.fact().source()))
                .toList();
        return ofTime.isEmpty()
                || new Box(ofTime).holds(pack.facts().assume(Collections.emptySortedMap(), Circumstances.at(atMillis)));
    }

    private boolean isOn(Offer offer, long millis) {
        var now = Instant.ofEpochMilli(millis);
        var local = now.atZone(pack.facts().zone());
        var hours = offer.terms().hours();
        var campaigns = pack.programme().campaigns();
        var campaign = campaigns.of(offer.key(), millis);
        var ofCampaign = campaign == null ? null : campaign.hours();
        var contact = new Contact(offer, channel, campaign == null ? null : campaign.key());
        return offer.isOpen(millis)
                && (campaign != null || campaigns.of(offer.key()).isEmpty())
                && (hours == null || hours.isOpen(local))
                && (ofCampaign == null || ofCampaign.isOpen(local))
                && pack.policy().silences(contact, now, local.getZone()) == null;
    }
}
