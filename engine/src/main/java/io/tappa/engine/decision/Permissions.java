package io.tappa.engine.decision;

import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.Consent.Status;
import io.tappa.engine.fact.ConsentCell;
import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms.Kind;
import io.tappa.engine.pack.PackSettings;
import io.tappa.engine.pack.PackSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a visitor consented to, as far as offers ask for it.
 *
 * @param said the answers, by purpose or purpose for a channel
 */
public record Permissions(SortedMap<String, Status> said) {
    /** Nothing was said. */
    public static final Permissions UNSAID = new Permissions(new TreeMap<>());

    public Permissions {
        said = Collections.unmodifiableSortedMap(new TreeMap<>(said));
    }

    /**
     * Something that must be consented to and is not.
     *
     * @param name the purpose, or the purpose for a channel
     * @param said the answer, or null where there is none
     */
    public record Lack(String name, @Nullable Status said) {}

    /** What {@code consents} say to all that offers of {@code pack} may ask on {@code channel}. */
    public static Permissions of(PackSnapshot pack, String channel, @Nullable ConsentCell consents) {
        if (consents == null) {
            return UNSAID;
        }
        var said = new TreeMap<String, Status>();
        for (var purpose : pack.offers().purposes()) {
            put(said, named(purpose, channel), consents);
        }
        if (Consent.CHANNELS.contains(channel)) {
            put(said, channel, consents);
        }
        return new Permissions(said);
    }

    private static void put(SortedMap<String, Status> said, String name, ConsentCell consents) {
        var status = consents.holding(name);
        if (status != null) {
            said.put(name, status);
        }
    }

    private static String named(String purpose, String channel) {
        var name = Consent.CHANNELS.contains(channel) ? Consent.named(purpose, channel) : null;
        return name == null ? purpose : name;
    }

    /** What is lacking to present {@code offer} on {@code channel}, all of it; empty when nothing is. */
    List<Lack> lacking(Offer offer, String channel, PackSettings settings) {
        var kind = offer.terms().kind();
        if (kind == Kind.MANDATORY) {
            return List.of();
        }
        var lacking = new ArrayList<Lack>();
        var purpose = offer.terms().purpose();
        if (purpose != null && !isGranted(named(purpose, channel), settings)) {
            lacking.add(lack(named(purpose, channel)));
        }
        if (Consent.CHANNELS.contains(channel) && !channel.equals(purpose)) {
            boolean may =
                    kind == Kind.TRANSACTIONAL ? said.get(channel) != Status.DENIED : isGranted(channel, settings);
            if (!may) {
                lacking.add(lack(channel));
            }
        }
        return lacking;
    }

    private Lack lack(String name) {
        return new Lack(name, said.get(name));
    }

    private boolean isGranted(String name, PackSettings settings) {
        var status = said.get(name);
        return status == null ? settings.missingConsent(name).equals(Status.GRANTED.key()) : status == Status.GRANTED;
    }
}
