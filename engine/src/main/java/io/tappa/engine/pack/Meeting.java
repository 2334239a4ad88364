package io.tappa.engine.pack;

import io.tappa.engine.arbitration.Arbitration.Ranked;
import io.tappa.engine.condition.Box;
import io.tappa.engine.contact.Contact;
import io.tappa.engine.fact.Circumstances;
import io.tappa.engine.fact.FactValues;
import io.tappa.engine.fact.Source;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.pack.RuleContest.Visitor;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Rule;
import io.tappa.engine.rule.box.Asking;
import io.tappa.engine.rule.box.Spot;
import io.tappa.engine.rule.box.Terrain;
import io.tappa.engine.rule.box.Witness;
import io.tappa.engine.touchpoint.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Finds visitors to whom either of two rules could show its offer at a placement, if they consented to all that is asked. */
final class Meeting {
    /** The moment at which somebody asks where any moment will do. */
    static final long USUAL = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HOURS_OF_A_WEEK = 168;
    /** Most pairs of alternatives, and most visitors of each, that are tried. */
    private static final int MOST_TRIED = 64;

    private final PackSnapshot pack;
    private final Placement placement;
    private final String channel;
    private final List<Rule> keepingAway;
    /** Who there may be, by the moment at which they ask. */
    private final Map<Long, Terrain> terrains = new HashMap<>();

    Meeting(PackSnapshot pack, Placement placement, String channel) {
        this.pack = pack;
        this.placement = placement;
        this.channel = channel;
        this.keepingAway = pack.decisions().rules().stream()
                .filter(rule -> rule.outcome() instanceof NeverShow never
                        && never.placements().contains(placement.fullName()))
                .toList();
    }

    /** Somebody for whom both match while {@code open} is, or null where nobody was found. */
    @Nullable
    Visitor find(Ranked own, Ranked by, OpenTimes open) {
        var offers = List.of(own.candidate().offer(), by.candidate().offer());
        int tried = 0;
        for (var left : own.candidate().rule().alternatives()) {
            for (var right : by.candidate().rule().alternatives()) {
                var both = left.and(right);
                var moment = moment(both, offers, open);
                var who = moment == null || tried++ >= MOST_TRIED ? null : find(both, offers, moment);
                if (who != null) {
                    return who;
                }
            }
        }
        return null;
    }

    /** The first full hour within a week of {@code open} at which {@code asked} holds, as far as it asks for the time, and all offers are on. */
    private @Nullable Long moment(Box asked, List<Offer> offers, OpenTimes open) {
        long begin = open.moment(USUAL);
        return LongStream.range(0, HOURS_OF_A_WEEK)
                .map(hour -> begin + hour * HOUR)
                .filter(open::holds)
                .filter(millis -> offers.stream().allMatch(offer -> isOn(offer, millis)))
                .filter(millis -> isTime(asked, millis))
                .boxed()
                .findFirst()
                .orElse(null);
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
        var campaign = pack.programme().campaigns().of(offer.key(), millis);
        var ofCampaign = campaign == null ? null : campaign.hours();
        var contact = new Contact(offer, channel, campaign == null ? null : campaign.key());
        return (hours == null || hours.isOpen(local))
                && (ofCampaign == null || ofCampaign.isOpen(local))
                && pack.policy().silences(contact, now, local.getZone()) == null;
    }

    private @Nullable Visitor find(Box both, List<Offer> offers, long atMillis) {
        var terrain = terrains.computeIfAbsent(atMillis, this::terrain);
        var asked = both.and(OfferNeeds.of(pack, offers, atMillis));
        return Spot.ofThoseWhoAsk(terrain.journey()).stream()
                .flatMap(spot -> Witness.of(terrain.where(List.of(asked), spot), terrain)
                        .limit(MOST_TRIED)
                        .map(witness -> witness.at(spot)))
                .filter(facts -> asked.holds(facts) && !isKeptAway(offers, facts, atMillis))
                .map(facts -> new Visitor(facts, atMillis))
                .findFirst()
                .orElse(null);
    }

    private Terrain terrain(long atMillis) {
        var usual = pack.journeys().stream()
                .filter(journey -> journey.key().equals(pack.settings().journey()))
                .findFirst()
                .orElseThrow();
        return new Terrain(
                usual, pack.journeys(), pack.facts(), pack.personas(), new Asking(placement.touchpoint(), atMillis));
    }

    private boolean isKeptAway(List<Offer> offers, FactValues facts, long atMillis) {
        return keepingAway.stream()
                .filter(rule ->
                        rule.isOpen(atMillis) && rule.alternatives().stream().anyMatch(box -> box.holds(facts)))
                .anyMatch(
                        rule -> offers.stream().anyMatch(offer -> ((NeverShow) rule.outcome()).names(offer, channel)));
    }
}
