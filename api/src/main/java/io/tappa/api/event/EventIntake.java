package io.tappa.api.event;

import io.tappa.api.event.EventParser.Parsed;
import io.tappa.api.problem.ProblemCode;
import io.tappa.api.security.ApiKey;
import io.tappa.api.security.Keys;
import io.tappa.engine.identity.Proof;
import io.tappa.engine.problem.Place;
import io.tappa.engine.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes in what a protocol edge understood: for whom a key may speak, then the count, then the notes. */
public final class EventIntake {
    private final EventService events;
    private final Keys keys;
    private final EventNotes notes;

    EventIntake(EventService events, Keys keys, EventNotes notes) {
        this.events = events;
        this.keys = keys;
        this.notes = notes;
    }

    /** Counts those of {@code parsed} that were understood and for whom {@code key} may speak. */
    public Mono<BatchResult> accept(ApiKey key, List<Parsed> parsed) {
        var understood = new ArrayList<IncomingEvent>();
        var refused = new ArrayList<Refusal>();
        for (var one : parsed) {
            var incoming = one.incoming();
            var refusal = one.refusal() != null ? one.refusal() : unproven(key, incoming);
            if (refusal != null) {
                refused.add(refusal);
            } else if (incoming != null) {
                understood.add(incoming.toldBy(key).with(proof(key, incoming)));
            }
        }
        return events.accept(understood, refused).doOnNext(result -> notes.note(key, understood, result.refused()));
    }

    private Proof proof(ApiKey key, IncomingEvent incoming) {
        var hash = incoming.event().values().get("context.userHash");
        return keys.proof(key, incoming.event().ids().userId(), hash);
    }

    /** Without a device's id there is nobody else for whom the event could count. */
    private @Nullable Refusal unproven(ApiKey key, @Nullable IncomingEvent incoming) {
        if (incoming == null
                || incoming.event().ids().all().stream()
                        .anyMatch(id -> !id.kind().namesAPerson())
                || proof(key, incoming) != Proof.NONE) {
            return null;
        }
        return new Refusal(
                incoming.index(),
                incoming.event().messageId(),
                Problem.error(
                        ProblemCode.WRONG_KEY_KIND.key(),
                        Place.pointer(incoming.pointer() + "/userId"),
                        "A publishable key alone cannot speak for a person.",
                        "Send context.userHash, made by your server, or use a secret key."));
    }
}
