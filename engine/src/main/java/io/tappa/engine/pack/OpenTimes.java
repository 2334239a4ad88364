package io.tappa.engine.pack;

import io.tappa.engine.campaign.Campaigns;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.rule.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * When the dates of a rule, of its offer and of the offer's campaigns are all open; hours within the day do not count.
 *
 * @param stretches one behind the other in time, none of them empty, and none that touch
 */
record OpenTimes(List<Stretch> stretches) {
    /**
     * A stretch of time, in milliseconds since 1970.
     *
     * @param from its first moment, or {@link Long#MIN_VALUE}
     * @param until the first moment after it, or {@link Long#MAX_VALUE}
     */
    record Stretch(long from, long until) {}

    OpenTimes {
        stretches = List.copyOf(stretches);
    }

    /** When {@code rule} can show {@code offer}. */
    static OpenTimes of(Rule rule, Offer offer, Campaigns campaigns) {
        long from = Math.max(rule.fromMillis(), offer.fromMillis());
        long until = Math.min(rule.untilMillis(), offer.untilMillis());
        var own = of(from, until);
        var ofOffer = campaigns.of(offer.key());
        if (ofOffer.isEmpty()) {
            return own;
        }
        var merged = new ArrayList<Stretch>();
        for (var campaign : ofOffer) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).until() == campaign.fromMillis()) {
                merged.set(last, new Stretch(merged.get(last).from(), campaign.untilMillis()));
            } else {
                merged.add(new Stretch(campaign.fromMillis(), campaign.untilMillis()));
            }
        }
        return own.and(new OpenTimes(merged));
    }

    private static OpenTimes of(long from, long until) {
        return new OpenTimes(from < until ? List.of(new Stretch(from, until)) : List.of());
    }

    /** When both are open. */
    OpenTimes and(OpenTimes other) {
        var both = new ArrayList<Stretch>();
        for (var left : stretches) {
            for (var right : other.stretches) {
                both.addAll(of(Math.max(left.from, right.from), Math.min(left.until, right.until)).stretches);
            }
        }
        return new OpenTimes(both);
    }

    /** Whether this is open whenever {@code other} is. */
    boolean covers(OpenTimes other) {
        return other.stretches.stream()
                .allMatch(inner ->
                        stretches.stream().anyMatch(outer -> outer.from <= inner.from && inner.until <= outer.until));
    }

    /** Whether it is ever open. */
    boolean isEver() {
        return !stretches.isEmpty();
    }

    /** Whether it is open at {@code millis}. */
    boolean holds(long millis) {
        return stretches.stream().anyMatch(stretch -> stretch.from <= millis && millis < stretch.until);
    }

    /** {@code usual} where it is open then, else the nearest edge of its first stretch. */
    long moment(long usual) {
        if (holds(usual)) {
            return usual;
        }
        var first = stretches.get(0);
        return first.from == Long.MIN_VALUE ? first.until - 1 : first.from;
    }
}
