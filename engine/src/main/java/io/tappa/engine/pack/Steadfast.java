package io.tappa.engine.pack;

import io.tappa.engine.contact.Contact;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Fact;
import io.tappa.engine.offer.Escape;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms.Kind;
import io.tappa.engine.offer.Template;
import io.tappa.engine.rule.Outcome.NeverShow;
import io.tappa.engine.rule.Outcome.Show;
import io.tappa.engine.touchpoint.ContentField;
import io.tappa.engine.touchpoint.Placement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether nothing that the files of a pack say can keep an offer away from a placement, but dates and dismissals; when in doubt,
 * something can. What is said at the moment, pauses and QA links, does not count.
 */
final class Steadfast {
    private final PackSnapshot pack;
    private final List<NeverShow> nevers = new ArrayList<>();
    private final List<Show> shows = new ArrayList<>();
    /** Whether only its content may keep an offer away, by offer and placement. */
    private final Map<String, Boolean> free = new HashMap<>();

    Steadfast(PackSnapshot pack) {
        this.pack = pack;
        for (var rule : pack.decisions().rules()) {
            if (rule.outcome() instanceof NeverShow never) {
                nevers.add(never);
            } else if (rule.outcome() instanceof Show show) {
                shows.add(show);
            }
        }
    }

    /** Whether {@code offer} can stand at {@code placement} for everybody of whom {@code known} is known. */
    boolean isAlwaysThere(Offer offer, Placement placement, Set<Fact> known) {
        return free.computeIfAbsent(offer.key() + " " + placement.fullName(), anew -> isFree(offer, placement))
                && hasContent(offer, placement, channel(placement), known);
    }

    private boolean isFree(Offer offer, Placement placement) {
        var channel = channel(placement);
        return hasNoTerms(offer)
                && !isEverKeptAway(offer, placement, channel)
                && !mayStandElsewhere(offer, placement)
                && isBearable(offer, channel);
    }

    /** Whether somebody who dismissed it is spared of {@code offer} for a while. */
    static boolean canBeDismissed(Offer offer) {
        return offer.terms().kind() != Kind.MANDATORY;
    }

    String channel(Placement placement) {
        return Objects.requireNonNull(pack.touchpoints().find(placement.touchpoint()))
                .channel();
    }

    private boolean hasNoTerms(Offer offer) {
        var terms = offer.terms();
        return terms.hours() == null
                && terms.segment() == null
                && terms.products().isEmpty()
                && terms.codes() == null
                && (pack.programme().holdBack() == null || terms.kind() != Kind.DEFAULT)
                && pack.programme().campaigns().of(offer.key()).stream()
                        .allMatch(campaign -> campaign.hours() == null
                                && campaign.segment() == null
                                && campaign.holdBack() == null
                                && campaign.budget() == null);
    }

    private boolean isEverKeptAway(Offer offer, Placement placement, String channel) {
        return nevers.stream()
                .anyMatch(never -> never.placements().contains(placement.fullName()) && never.names(offer, channel));
    }

    /** No offer stands on a page twice. */
    private boolean mayStandElsewhere(Offer offer, Placement placement) {
        var touchpoint = Objects.requireNonNull(pack.touchpoints().find(placement.touchpoint()));
        return touchpoint.placements().stream()
                .filter(other -> !other.equals(placement))
                .anyMatch(other -> offer.key().equals(other.fallback())
                        || !pack.programme().experiments().at(other.fullName()).isEmpty()
                        || shows.stream()
                                .anyMatch(show -> show.offer().equals(offer.key())
                                        && show.placements().contains(other.fullName())));
    }

    /** Whether neither consent nor the contact policy ever stand in its way. */
    private boolean isBearable(Offer offer, String channel) {
        var kind = offer.terms().kind();
        if (kind == Kind.MANDATORY) {
            return true;
        }
        var policy = pack.policy();
        var quiet = policy.quiet();
        var pressure = policy.pressure();
        boolean asks = offer.terms().purpose() != null || Consent.CHANNELS.contains(channel);
        return !asks
                && (kind != Kind.DEFAULT || pressure == null || pressure.cost(channel) == 0)
                && (kind != Kind.DEFAULT || quiet == null || !quiet.channels().contains(channel))
                && policy.exclusions().stream().noneMatch(exclusion -> exclusion.counts(offer))
                && contacts(offer, channel).stream()
                        .noneMatch(contact -> policy.caps().stream().anyMatch(cap -> cap.counts(contact)));
    }

    private List<Contact> contacts(Offer offer, String channel) {
        var contacts = new ArrayList<>(List.of(new Contact(offer, channel, null)));
        for (var campaign : pack.programme().campaigns().of(offer.key())) {
            contacts.add(new Contact(offer, channel, campaign.key()));
        }
        return contacts;
    }

    /** Whether all that could be found for any language can be shown, and something is always found. */
    private boolean hasContent(Offer offer, Placement placement, String channel, Set<Fact> known) {
        boolean isFound = false;
        for (var speaking : pack.settings().channelsFor(channel)) {
            var byLanguage = offer.content().getOrDefault(speaking, Collections.emptySortedMap());
            if (!byLanguage.values().stream().allMatch(templates -> canShow(templates, placement, known))) {
                return false;
            }
            isFound |= pack.settings().languages().stream().anyMatch(byLanguage::containsKey);
        }
        return isFound;
    }

    private static boolean canShow(SortedMap<String, Template> templates, Placement placement, Set<Fact> known) {
        return templates.values().stream()
                        .allMatch(template -> template.parts().stream()
                                .allMatch(part -> part.fact() == null || known.contains(part.fact())))
                && placement.fields().stream().allMatch(field -> canShow(templates.get(field.name()), field));
    }

    private static boolean canShow(@Nullable Template template, ContentField field) {
        if (template == null || field.type() == ContentField.Type.PRODUCTS) {
            return !field.required() && field.type() != ContentField.Type.PRODUCTS;
        }
        return field.type() == ContentField.Type.TEXT
                || (template.plain() != null && template.suits(Escape.of(field.type())));
    }
}
