package io.tappa.engine.decision;

import io.tappa.engine.offer.Offer;
import io.tappa.engine.offer.OfferTerms.Kind;
import io.tappa.engine.rule.Rule;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether the visitor agreed, and how much they can bear: consent and contact policy. */
final class Policy {
    private Policy() {}

    static @Nullable Verdict consent(Offer offer, @Nullable Rule rule, Scene scene) {
        var lacking = scene.inputs()
                .consents()
                .lacking(offer, scene.channel(), scene.pack().settings());
        return lacking.isEmpty() ? null : new Verdict.NoConsent(lacking);
    }

    static @Nullable Verdict dismissed(Offer offer, @Nullable Rule rule, Scene scene) {
        var at = scene.memory().dismissed().get(offer.key());
        if (at == null || offer.terms().kind() == Kind.MANDATORY) {
            return null;
        }
        long until = at + scene.pack().policy().dismissed().toMillis();
        return until <= scene.nowMillis() ? null : new Verdict.Dismissed(at, until);
    }

    static @Nullable Verdict exclusion(Offer offer, @Nullable Rule rule, Scene scene) {
        var exclusion = scene.pack().policy().excludes(scene.contact(offer), scene.contacts(), scene.now());
        if (exclusion == null) {
            return null;
        }
        var given = Objects.requireNonNull(exclusion.given(offer, scene.contacts(), scene.now()));
        return new Verdict.Excluded(exclusion, given.toEpochMilli());
    }

    static @Nullable Verdict cap(Offer offer, @Nullable Rule rule, Scene scene) {
        var policy = scene.pack().policy();
        var cap = policy.forbids(scene.contact(offer), scene.contacts(), scene.now(), scene.zone());
        return cap == null
                ? null
                : new Verdict.Capped(
                        cap,
                        cap.counted(scene.contacts(), scene.now(), scene.zone()),
                        policy.allowsAt(scene.contact(offer), scene.contacts(), scene.now(), scene.zone())
                                .toEpochMilli());
    }

    static @Nullable Verdict quietHours(Offer offer, @Nullable Rule rule, Scene scene) {
        var quiet = scene.pack().policy().silences(scene.contact(offer), scene.now(), scene.zone());
        return quiet == null
                ? null
                : new Verdict.Quiet(
                        quiet,
                        scene.now().atZone(scene.zone()).toLocalTime(),
                        quiet.ends(scene.now(), scene.zone()).toEpochMilli());
    }

    static @Nullable Verdict pressure(Offer offer, @Nullable Rule rule, Scene scene) {
        var pressure = scene.pack().policy().isTooMuch(scene.contact(offer), scene.contacts(), scene.now());
        return pressure == null
                ? null
                : new Verdict.TooMuch(
                        pressure,
                        scene.channel(),
                        pressure.spent(scene.contacts(), scene.now()),
                        pressure.allowsAt(scene.channel(), scene.contacts(), scene.now()));
    }
}
