package io.tappa.engine.simulation;

import io.tappa.engine.contact.Contact;
import io.tappa.engine.contact.ContactHistory;
import io.tappa.engine.decision.Decider;
import io.tappa.engine.decision.Decision;
import io.tappa.engine.decision.Fate;
import io.tappa.engine.decision.Inputs;
import io.tappa.engine.decision.PlacementDecision;
import io.tappa.engine.decision.Sentences;
import io.tappa.engine.decision.Surroundings;
import io.tappa.engine.decision.Verdict;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.pack.Scenario.Answer;
import io.tappa.engine.pack.Scenario.Assumed;
import io.tappa.engine.pack.Scenario.NotShown;
import io.tappa.engine.pack.Scenario.Shown;
import io.tappa.engine.pause.Pause;
import io.tappa.engine.pause.Pauses;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A decision that a scenario asks for at one placement.
 *
 * @param pack what decides
 * @param inputs who asks, and what holds around
 * @param decision what came out
 */
record Asked(PackSnapshot pack, Inputs inputs, Decision decision) {
    private static final String REASON = "the scenario says so";

    static Asked of(PackSnapshot pack, Inputs inputs) {
        return new Asked(pack, inputs, Decider.decide(pack, inputs));
    }

    /** What is paused in a scenario, on an otherwise ordinary day. */
    static Surroundings around(Assumed assumed) {
        var pauses = Pauses.NONE;
        for (var what : assumed.paused()) {
            pauses = pauses.with(new Pause(what, REASON, 0, Long.MAX_VALUE, ""));
        }
        return new Surroundings(pauses, Surroundings.NONE.propensities(), new TreeSet<>());
    }

    /** What the contact policy counted of offers that were shown, and seen at once, on {@code channel}. */
    static ContactHistory shown(PackSnapshot pack, Assumed assumed, String channel) {
        var inOrder = new TreeMap<Long, TreeMap<String, Integer>>();
        assumed.shown()
                .forEach((offer, times) -> times.forEach(at ->
                        inOrder.computeIfAbsent(at, moment -> new TreeMap<>()).merge(offer, 1, Integer::sum)));
        var history = ContactHistory.EMPTY;
        for (var moment : inOrder.entrySet()) {
            for (var offer : moment.getValue().entrySet()) {
                var contact = contact(pack, offer.getKey(), channel, moment.getKey());
                for (int time = 0; time < offer.getValue(); time++) {
                    history = pack.policy().count(contact, history, Instant.ofEpochMilli(moment.getKey()));
                    history = pack.policy().exposed(contact, history, moment.getKey(), moment.getKey());
                }
            }
        }
        return history;
    }

    private static Contact contact(PackSnapshot pack, String offer, String channel, long atMillis) {
        var campaign = pack.programme().campaigns().of(offer, atMillis);
        return new Contact(
                Objects.requireNonNull(pack.offers().find(offer)), channel, campaign == null ? null : campaign.key());
    }

    PlacementDecision decided() {
        return decision.placements().get(0);
    }

    /** What differs between what should come out and what did, as a sentence, or null. */
    @Nullable
    String difference(Answer expected) {
        return expected instanceof Shown shown ? difference(shown) : difference((NotShown) expected);
    }

    private @Nullable String difference(Shown expected) {
        var decided = decided();
        var offer = decided.offer();
        if (expected.offer() == null) {
            return offer == null ? null : "expected nothing, but got %s because %s".formatted(offer, why());
        }
        if (!expected.offer().equals(offer)) {
            var got = offer == null ? "nothing" : offer;
            return "expected %s, but got %s because %s%s"
                    .formatted(expected.offer(), got, why(), lost(expected.offer()));
        }
        if (expected.because() != null && !expected.because().equals(decided.rule())) {
            return "%s came as expected, but because %s, not because of %s".formatted(offer, why(), expected.because());
        }
        if (expected.fallback() != null && expected.fallback() != decided.fallback()) {
            return "%s came as expected, but %s the fallback".formatted(offer, decided.fallback() ? "as" : "not as");
        }
        return null;
    }

    private @Nullable String difference(NotShown expected) {
        var fate = Fate.of(pack, inputs, decision, expected.offer());
        var because = expected.because();
        if (fate != null && fate.isShown()) {
            return "expected %s not to be shown, but it is, because %s".formatted(expected.offer(), why());
        }
        if (because == null || (fate != null && isAt(because, Objects.requireNonNull(fate.lost())))) {
            return null;
        }
        return "expected %s not to be shown because of %s, but %s"
                .formatted(expected.offer(), because, fate == null ? noRule() : "it " + lostAt(fate));
    }

    /** Whether {@code verdict} was given at the filter called so, or is the verdict called so. */
    private static boolean isAt(String because, Verdict verdict) {
        return verdict.code().equals(because) || verdict.code().startsWith(because + ":");
    }

    /** What became of an offer that should have come, unless that was said already. */
    private String lost(String offer) {
        var fate = Fate.of(pack, inputs, decision, offer);
        if (fate == null) {
            return "; " + noRule();
        }
        boolean isSaid = decided().rule() == null && decided().why().equals(fate.lost());
        return isSaid || fate.isShown() ? "" : "; %s %s".formatted(offer, lostAt(fate));
    }

    private String noRule() {
        return "no rule shows it at " + inputs.request().placements().get(0).fullName();
    }

    private String lostAt(Fate fate) {
        var lost = Objects.requireNonNull(fate.lost());
        return "was lost at %s: %s"
                .formatted(lost.code(), Sentences.of(pack.settings()).because(lost, inputs.facts()));
    }

    private String why() {
        return decided().rule() == null
                ? Sentences.of(pack.settings()).because(decided().why(), inputs.facts())
                : "of " + decided().rule();
    }
}
