package io.tappa.api.event;

import io.tappa.api.security.ApiKey;
import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.fact.TraitAccumulator;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Proof;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An event that was understood.
 *
 * @param index its place in the batch
 * @param pointer JSON pointer to it in the body
 * @param event what it says
 */
public record IncomingEvent(int index, String pointer, VisitorEvent event) {
    /** The same event from somebody who may speak for those of its ids alone. */
    public IncomingEvent with(Proof proof) {
        return as(event.ids().with(proof));
    }

    /** The same event, sent by a browser that asks not to be followed by advertising. */
    IncomingEvent withGlobalPrivacyControl() {
        var values = new TreeMap<>(event.values());
        Consent.OF_ADS.forEach(purpose -> values.put(Consent.CONTEXT + purpose, Consent.Status.DENIED.key()));
        return with(values);
    }

    /** The same event as {@code key} may tell it: a browser cannot say that it is the till, or who else heard of a consent. */
    public IncomingEvent toldBy(ApiKey key) {
        if (key.kind() == ApiKey.Kind.SECRET) {
            return this;
        }
        var values = new TreeMap<>(event.values());
        values.remove(TraitAccumulator.SOURCE);
        if (event.name().equals(Consent.UPDATED)) {
            values.put("source", TraitAccumulator.SITE);
        }
        return with(values);
    }

    private IncomingEvent with(SortedMap<String, String> values) {
        var other = new VisitorEvent(event.messageId(), event.ids(), event.name(), event.time(), values);
        return new IncomingEvent(index, pointer, other);
    }

    /** The same event, as it happened to somebody known by {@code ids}. */
    IncomingEvent as(Identities ids) {
        var theirs = new VisitorEvent(event.messageId(), ids, event.name(), event.time(), event.values());
        return new IncomingEvent(index, pointer, theirs);
    }
}
