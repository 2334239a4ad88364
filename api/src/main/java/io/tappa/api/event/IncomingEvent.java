package io.tappa.api.event;

import io.tappa.engine.event.VisitorEvent;
import io.tappa.engine.fact.Consent;
import io.tappa.engine.identity.Identities;
import io.tappa.engine.identity.Proof;
import java.util.TreeMap;

/**
 * An event that was understood.
 *
 * @param index its place in the batch
 * @param pointer JSON pointer to it in the body
 * @param event what it says
 * @param raw the event as it came, for the log
 */
public record IncomingEvent(int index, String pointer, VisitorEvent event, String raw) {
    /** The same event from somebody who may speak for those of its ids alone. */
    public IncomingEvent with(Proof proof) {
        return as(event.ids().with(proof));
    }

    /** The same event, sent by a browser that asks not to be followed by advertising. */
    public IncomingEvent withGlobalPrivacyControl() {
        var values = new TreeMap<>(event.values());
        Consent.OF_ADS.forEach(purpose -> values.put(Consent.CONTEXT + purpose, Consent.Status.DENIED.key()));
        var denied = new VisitorEvent(event.messageId(), event.ids(), event.name(), event.time(), values);
        return new IncomingEvent(index, pointer, denied, raw);
    }

    /** The same event, as it happened to somebody known by {@code ids}. */
    IncomingEvent as(Identities ids) {
        var theirs = new VisitorEvent(event.messageId(), ids, event.name(), event.time(), event.values());
        return new IncomingEvent(index, pointer, theirs, raw);
    }
}
