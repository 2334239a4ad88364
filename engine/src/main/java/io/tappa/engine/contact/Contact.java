package io.tappa.engine.contact;

import io.tappa.engine.offer.Offer;
import org.jspecify.annotations.Nullable;

/**
 * What is to be shown or sent, as far as the policy asks.
 *
 * @param offer the offer
 * @param channel the channel it comes by
 * @param campaign key of the campaign it belongs to now, or null
 */
public record Contact(Offer offer, String channel, @Nullable String campaign) {}
