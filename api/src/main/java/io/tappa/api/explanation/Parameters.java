package io.tappa.api.explanation;

import io.tappa.api.body.Field;
import io.tappa.engine.pack.PackSnapshot;
import io.tappa.engine.problem.Suggestion;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** Reads names of the live pack from the parameters of an address; what it does not know is refused. */
final class Parameters {
    private static final String OFFER = "offer";

    private Parameters() {}

    /** Key of the offer that must be named. */
    static String offer(ServerRequest request, PackSnapshot pack) {
        var offer = known(request, OFFER, "offers", pack.offers().keys());
        if (offer == null) {
            throw Field.wrong(OFFER, "No offer is named.", "Ask for example …?offer=%s.".formatted(example(pack)));
        }
        return offer;
    }

    private static String example(PackSnapshot pack) {
        return pack.offers().keys().stream().findFirst().orElse("voucher-10");
    }

    /** What the parameter {@code name} says, one of {@code known}; null when it is absent. */
    static @Nullable String known(ServerRequest request, String name, String plural, Collection<String> known) {
        var value = request.queryParam(name).orElse(null);
        if (value != null && !known.contains(value)) {
            throw Field.wrong(
                    name,
                    "There is no %s \"%s\" in the pack.".formatted(name, value),
                    Suggestion.cure(value, plural, known));
        }
        return value;
    }
}
